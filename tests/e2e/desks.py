"""Where the check's person sits: an X11 desktop, or sway with its portal. The rest of the loop is the same.

On sway the tracker runs as the desktop's ordinary user; marketplace, browser and driver stay where they are.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PIL import Image

from devtools import processes
from tests.e2e.stack import Stack, running
from tests.support import wayland
from tests.support.pointer import Pointer
from tests.support.unprivileged import give_to_ordinary_user
from tests.support.wayland_pointer import WaylandPointer
from worktime.business_clock import ClockOrigin


class Hand(Protocol):
    """Something that makes real input."""

    def nudge(self) -> None: ...


@dataclass(frozen=True)
class Desk:
    """``last_s``: business seconds before the hour's end at which the last input comes. ``late_s``: how much later the
    desktop may tell that it came; 0 where it tells to the second.
    """

    running: Callable[[Path, ClockOrigin, str | None], AbstractContextManager[Stack]]
    hand: Callable[[Stack], AbstractContextManager[Hand]]
    last_s: int = 0
    late_s: int = 0

    def tracked_s(self, end_s: int) -> range:
        """What may be tracked by a hand that rests ``end_s`` seconds after it began."""
        return range(end_s - self.last_s, end_s - self.last_s + self.late_s + 1)


X11 = Desk(running, lambda _stack: Pointer())


class SwayStack(Stack):
    """A stack whose tracker is a program of a Wayland desktop."""

    desktop: wayland.Wayland

    def prepare(self) -> None:
        """Make accounts and tokens, and give the tracker's folder to the desktop's user."""
        super().prepare()
        self.home.chmod(0o711)
        folder = self.home / "tracker"
        folder.mkdir(mode=0o700)
        token = Path(shutil.move(self.home / "token.json", folder / "token.json"))
        for path in (folder, token):
            give_to_ordinary_user(path)

    def _start(self, name: str, *command: str) -> processes.Process:
        if name != "tracker":
            return super()._start(name, *command)
        interpreter = wayland.python()
        assert interpreter is not None
        own = {"FAIRHOUR_TOKEN_FILE": str(self.home / "tracker" / "token.json")}
        with (self.home / "tracker.log").open("ab") as output:
            return self.desktop.start(
                interpreter,
                *self._command(*command)[1:],
                output=output.fileno(),
                errors=output.fileno(),
                changes={**self.env, **own},
            )

    def hand(self) -> WaylandPointer:
        """A pointer on its desktop."""
        return WaylandPointer(self.desktop.folder / self.desktop.env["WAYLAND_DISPLAY"])


@contextlib.contextmanager
def _running_on_sway(home: Path, clock: ClockOrigin, planted: str | None) -> Iterator[Stack]:
    with wayland.desktop("sway") as desktop:
        interpreter = wayland.python()
        assert interpreter is not None
        desktop.run(interpreter, "-c", wayland.WARM_UP, timeout_s=90)
        stack = SwayStack(home, clock, planted)
        stack.desktop = desktop
        try:
            stack.prepare()
            stack.start_marketplace()
            stack.start_tracker()
            yield stack
        finally:
            stack.stop()


def _sway_hand(stack: Stack) -> WaylandPointer:
    assert isinstance(stack, SwayStack)
    return stack.hand()


# sway tells half a second after the last input that there was none since, and until then every tick counts as input:
# 60 times as fast that is 30 seconds and a few more. All of it lies before the hour's end: the sixth slot stays empty.
SWAY = Desk(_running_on_sway, _sway_hand, last_s=48, late_s=47)
DESKS = {"x11": X11, "sway": SWAY}


def black_pictures(home: Path) -> int:
    """How many of the marketplace's screenshots show nothing: black or of one colour in every channel."""
    return sum(_is_black(path) for path in (home / "marketplace" / "pictures").rglob("*.webp"))


def _is_black(path: Path) -> bool:
    with Image.open(path) as image:
        bands = [set(band.tobytes()) for band in image.convert("RGB").split()]
    return all(len(levels) == 1 for levels in bands) or all(max(levels) < 16 for levels in bands)
