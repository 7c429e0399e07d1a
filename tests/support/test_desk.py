"""The workplace, the screen and the window frames that pictures are taken with."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from devtools.desktop import Desktop, virtual_desktop
from tests.support import screen as screens
from tests.support import workplace
from tests.support.screen import Box, Screen
from tests.support.window_frames import window_frames
from ui.tokens import DARK, LIGHT


@pytest.fixture
def own_desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A desktop for one test, which may change its window manager."""
    with virtual_desktop() as made:
        for name, value in made.env.items():
            monkeypatch.setenv(name, value)
        yield made


def test_every_document_of_the_workplace_looks_different(own_desktop: Desktop) -> None:
    command = [sys.executable, "-m", "tests.support.workplace"]
    with (
        Screen() as screen,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        seen = set()
        for order in (*(f"{name} 09:00" for name in workplace.DOCUMENTS), "page 09:01"):
            process.stdin.write(order + "\n")
            process.stdin.flush()
            assert process.stdout.readline().strip() == order.split()[0]
            assert screen.frame("Workplace") == Box(0, 0, screen.box.right, screen.box.bottom - 1)
            seen.add(screen.grab_still(screen.box).tobytes())
        assert len(seen) == len(workplace.DOCUMENTS) + 1
        process.stdin.close()
        assert process.wait(10) == 0


def test_what_is_not_on_the_screen_is_told(own_desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "TIMEOUT_S", 0.1)
    with Screen() as screen:
        assert screen.open_menu() is None
        with pytest.raises(AssertionError, match="an icon in the tray"):
            screen.tray_icon()
        with pytest.raises(AssertionError, match="a window is called Nothing"):
            screen.frame("Nothing")


def test_window_frames_follow_each_other(own_desktop: Desktop) -> None:
    for colours in (LIGHT, DARK, LIGHT):
        with window_frames(colours):
            pass


def test_boxes() -> None:
    box = Box(10, 20, 30, 40)
    assert box.centre == (20, 30)
    assert box.joined(Box(0, 25, 15, 60)) == Box(0, 20, 30, 60)
    assert box.grown(15, Box(0, 0, 40, 50)) == Box(0, 5, 40, 50)
