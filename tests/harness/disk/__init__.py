"""The disk harness: what is full, read-only, over its quota or failing stops no second (reliability.md, promise 2).

    python -m tests.harness.disk [--ticks N] [--plant no-reserve|big-log]

The real recorder and journal record ``--ticks`` seconds (a day), with a comment, a pause and a picture in every slot,
while an uploader offers what nobody takes. Six disks: a tmpfs of 1 MiB that somebody else fills to the last byte in
the first minute, and that stays full; one that is read-only from the start; and four on which strace lets writes or
syncs fail for a while, as a broken disk (EIO), one that was remounted read-only (EROFS) and a quota (EDQUOT) do.
Afterwards the journal, opened anew, must hold every observation that the machine made, in order, and the user must have
been told within 5 s. Linux only; the tmpfs needs root or a user namespace.
"""
