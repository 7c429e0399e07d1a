"""The kill harness: SIGKILL at any instant loses at most 1 s and no screenshot that was taken (reliability.md, 1).

    python -m tests.harness.kill [--kills N] [--seed S] [--plant row-first|slow-ticks]

Three victims: a bare writer of the journal, killed at instants uniform in time; the same writer, stopped by ptrace
after each system call of a picture's write, of the opening of a new journal and of the opening of an old one; and the
real tracker with Qt on a virtual display. Each says through a pipe what is durable; the truth is what came out of
that pipe and the harness's own clock. Linux only.
"""
