"""A process that writes a journal until it is killed, and says on its standard output what is durable."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.sync.journals import JOB, T0, Scribe, open_journal
from worktime.slots import slot_of
from worktime.tracking_values import Start, Tick


def main(home: Path) -> None:
    scribe = Scribe(open_journal(home))
    scribe.do(Start(JOB, T0))
    for second in range(T0 + 1, T0 + 100_000):
        scribe.do(Tick(second, second - 1))
        if (second - T0) % 20 == 0:
            # One taken on leaving is replaced by the next, so that kills also fall between two of them.
            scribe.take(slot_of(second), 1, second, leaving=True)
            print(f"picture {second}", flush=True)
        print(f"second {second}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
