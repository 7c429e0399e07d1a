"""The clock harness: no jump of the wall clock moves a paid second, and sleep is never billed (reliability.md, 4).

    python -m tests.harness.clock [--scripts N] [--seed S] [--plant wall|asleep]

Random days of a machine whose three clocks are turned by hand: jumps of an hour and of a year, the changes to and from
summer time, clocks that are corrected slowly, sleep with and without a session service, reboots with a wrong clock. The
real recorder writes them into the real journal; the truth is counted beside it.
"""
