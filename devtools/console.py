"""What the user of dev.py reads: plain lines, one line for a problem, one moving line for progress."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLAIN_EVERY_S = 5.0


class UserError(Exception):
    """What stops a verb; its text is one line that says what happened and what to do."""


def say(text: str) -> None:
    """One line for the user, at once."""
    print(text, flush=True)


@dataclass
class Progress:
    """One line that moves on a terminal; in a log a line every few seconds."""

    title: str
    total: int
    done: int = 0
    _began: float = field(default_factory=time.monotonic)
    _shown: float = 0.0

    def advance(self, what: str) -> None:
        """One more of `total` is under way; `what` names it."""
        self.done = min(self.done + 1, self.total)
        self.show(what)

    def show(self, what: str, *, last: bool = False) -> None:
        """Show the state without counting."""
        now = time.monotonic()
        text = f"  {self.title}: {self.done} of {self.total}  {what}"
        if sys.stdout.isatty():
            sys.stdout.write(f"\r{text[:100]:<100}" + ("\n" if last else ""))
            sys.stdout.flush()
        elif last or now - self._shown >= PLAIN_EVERY_S:
            self._shown = now
            say(text)

    def finish(self) -> None:
        """Leave the line standing, with the time that it took."""
        self.done = self.total
        self.show(f"in {time.monotonic() - self._began:.0f} s", last=True)


@contextmanager
def timed(title: str) -> Iterator[None]:
    """Announce a step and print how long it took, also when it fails."""
    say(f"== {title}")
    began = time.monotonic()
    try:
        yield
    finally:
        say(f"   {title}: {time.monotonic() - began:.1f} s")
