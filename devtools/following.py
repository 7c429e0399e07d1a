"""Following the two programs of `dev.py run`: their last words, a marketplace that is started again, the end."""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from devtools import processes
from devtools.console import UserError, say

FOLLOW_EVERY_S = 0.2
START_TIMEOUT_S = 60.0
RESTART_PAUSE_S = 1.0
# A marketplace that ends so often within this time is broken, and not merely stopped.
TOO_MANY_ENDS = 3
WITHIN_S = 60.0
LAST_LINES = 15


@dataclass
class Program:
    """One of the programs that `run` starts; its log holds what it says."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    cwd: Path
    log: Path
    process: processes.Process = field(init=False)
    _log_began: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Start it, with an empty log."""
        self.log.write_bytes(b"")
        self.start()

    def start(self) -> None:
        """Start it, first or again; the log goes on."""
        with self.log.open("ab") as output:
            self._log_began = output.tell()
            self.process = processes.start(self.command, env=self.env, output=output, cwd=self.cwd)

    def stop(self) -> None:
        """End the one that was started last."""
        processes.stop(self.process)

    def ended(self) -> bool:
        """Whether it is no longer there."""
        return self.process.poll() is not None

    def last_lines(self) -> str:
        """What it said at the end since it was started last, indented."""
        said = self.log.read_bytes()[self._log_began :].decode(errors="replace")
        lines = said.splitlines()[-LAST_LINES:]
        # A program that ended by itself says why, if it can write that down; one that was killed can't.
        killed = self.process.poll() is not None and self.process.returncode < 0
        silent = "(it said nothing)" if killed else "(it said nothing; is the disk full?)"
        return "\n".join(f"    {line}" for line in lines or [silent])

    def epitaph(self) -> str:
        """How it ended, with its last lines."""
        return f"The {self.name} ended with status {self.process.returncode}. Its last lines:\n{self.last_lines()}"


def wait_for_answer(market: Program, answers: Callable[[], bool], *, again: bool = False) -> None:
    """Wait until the marketplace answers. Raises UserError with its last words when it ends or takes too long."""
    answered = processes.wait_until(lambda: market.ended() or answers(), START_TIMEOUT_S)
    # Another program on its port could have answered.
    if not answered or market.ended():
        raise UserError(f"The marketplace did not start{' again' if again else ''}:\n{market.last_lines()}")


def follow(market: Program, tracker: Program, answers: Callable[[], bool]) -> int:
    """Wait until the tracker ends; returns 0 when it was quit. Raises UserError when either can't go on.

    A marketplace that ends is started again: the tracker records on meanwhile, and hands over what it has kept.
    """
    ends: list[float] = []
    while True:
        processes.wait_until(lambda: market.ended() or tracker.ended(), math.inf, FOLLOW_EVERY_S)
        if tracker.ended():
            return _conclude(tracker)
        now = time.monotonic()
        ends = [end for end in ends if now - end < WITHIN_S] + [now]
        if len(ends) == TOO_MANY_ENDS:
            raise UserError(f"The marketplace ended {TOO_MANY_ENDS} times within a minute. {market.epitaph()}")
        say(f"{market.epitaph()}\nThe tracker records on. Starting the marketplace again, on the same port ...")
        if not processes.wait_until(tracker.ended, RESTART_PAUSE_S):
            market.start()
            wait_for_answer(market, answers, again=True)
            say("The marketplace is back; the tracker sends what it has kept.")


def _conclude(tracker: Program) -> int:
    if tracker.process.returncode != 0:
        raise UserError(tracker.epitaph())
    say("The tracker was quit; stopping the marketplace.")
    return 0
