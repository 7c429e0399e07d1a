"""The desktop that GUI tests run on: made when the first collected test needs one, gone at the end of the session.

Fixtures `desktop` (the session's) and `two_monitors` (an own one for a test). The making itself is devtools/desktop.py.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools.desktop import MARKER, Desktop, virtual_desktop

__all__ = [
    "Desktop",
    "desktop",
    "needs_desktop",
    "pytest_collection_finish",
    "pytest_unconfigure",
    "two_monitors",
    "virtual_desktop",
]

TESTS = Path(__file__).resolve().parent.parent
GUI_ROOMS = ("ui", "tracker_app", "capture", "idle", "e2e")
GUI_FIXTURES = frozenset({"qtbot", "qapp", "desktop"})

_running = contextlib.ExitStack()
_desktop: Desktop | None = None


def needs_desktop(item: pytest.Item) -> bool:
    """Whether a collected test shows windows, takes pictures or reads input."""
    room = item.path.relative_to(TESTS).parts[0] if item.path.is_relative_to(TESTS) else ""
    return room in GUI_ROOMS or bool(GUI_FIXTURES.intersection(getattr(item, "fixturenames", ())))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start the desktop before any QApplication exists, and only when a test of this session needs it."""
    global _desktop
    if (
        session.config.option.collectonly
        or not sys.platform.startswith("linux")
        or not any(map(needs_desktop, session.items))
    ):
        return
    if os.environ.get(MARKER):
        # dev.py made one already.
        _desktop = Desktop(os.environ["DISPLAY"], 0, 0, {})
        return
    _desktop = _running.enter_context(virtual_desktop())
    os.environ.update(_desktop.env)


def pytest_unconfigure() -> None:
    """Stop what pytest_collection_finish started."""
    _running.close()


@pytest.fixture(scope="session")
def desktop() -> Desktop:
    """The session's desktop."""
    assert _desktop is not None, "the virtual desktop exists on Linux only"
    return _desktop


@pytest.fixture
def two_monitors() -> Iterator[Desktop]:
    """A second desktop of two 1920x1080 monitors; pass its `env` to the programs that belong there."""
    with virtual_desktop(monitors=2) as wide:
        yield wide
