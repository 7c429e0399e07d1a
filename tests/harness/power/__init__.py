"""The power harness: a power cut loses nothing that was acknowledged, and at most 10 s of ticks (reliability.md, 1).

    python -m tests.harness.power [--images N] [--seed S] [--plant PLANT]

Plants: normal, row-first, certain-page, no-barrier, no-folder.

A real journal is written under strace, which keeps every write, sync and rename of database, tick record and spool in
their order (``trace``). From that the disk is played back up to a random call (``disk``): what was synced is there;
every 512-byte sector, size and name that was not is there or not, each by the toss of a coin, in any order, and of the
tick record a whole page that was being written may be gone. The
product's own code then opens what is left, and is held to what had been acknowledged by then (``verdict``). Names count
as durable only once their folder was synced, which is less than the common file systems promise. Linux only.
"""
