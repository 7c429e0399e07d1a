"""What broke is noted when it happens and reported at the next start, until the user has seen it."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import widget_checks
from tests.ui.conftest import MakeShell, acts, make_shell, settings
from tracker_app.crashes import MOST, CrashNotes
from ui.theme import Choice

__all__ = ["acts", "make_shell", "settings"]
log = logging.getLogger("tests.part")


class Runs:
    """One run of the program after the other."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.notes: CrashNotes | None = None

    def start(self) -> CrashNotes:
        if self.notes is not None:
            self.notes.end()
        self.notes = CrashNotes(self.home)
        self.notes.begin()
        return self.notes


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    made = Runs(tmp_path)
    yield made
    if made.notes is not None:
        made.notes.end()


def break_it(text: str = "a comment of mine") -> None:
    """As parts do at the top of their threads."""
    try:
        raise ValueError(text)
    except ValueError:
        log.exception("a part failed")


def test_a_fault_is_reported_at_each_start_until_it_was_seen(runs: Runs) -> None:
    assert runs.start().last == ""
    for _ in range(3):
        break_it()
    log.error("an error without a way is no crash")
    again = runs.start()
    assert again.last.count("tests.part") == 1, "the same fault is told once"
    assert "in break_it" in again.last
    assert "ValueError" in again.last
    assert "comment of mine" not in again.last
    assert again.last.startswith("Fairhour ")
    third = runs.start()
    assert third.last == again.last, "nobody has seen it yet"
    third.told()
    assert third.last == runs.start().last == ""
    assert (runs.home / "logs" / "crashes-told.json").exists(), "for diagnostics"


def test_threads_and_the_main_loop_are_watched_too(runs: Runs) -> None:
    runs.start()

    def broken() -> None:
        raise RuntimeError("in a thread")

    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    try:
        raise KeyError("in a slot of Qt's")
    except KeyError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    told = runs.start().last
    assert "RuntimeError" in told
    assert "KeyError" in told
    assert "KeyboardInterrupt" not in told


def test_what_breaks_each_second_in_another_way_does_not_fill_the_disk(runs: Runs) -> None:
    notes = runs.start()
    for number in range(3 * MOST):
        error = ValueError()
        error.__cause__ = type(f"Error{number}", (Exception,), {})()
        notes.handle(log.makeRecord("part", logging.ERROR, "", 0, "", (), (ValueError, error, None)))
    assert runs.start().last.count(" part\n") == MOST


def test_the_last_words_of_a_process_that_died_are_reported(runs: Runs) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from tracker_app.crashes import CrashNotes\n"
        "CrashNotes(Path(sys.argv[1])).begin(); os.kill(os.getpid(), signal.SIGSEGV)"
    )
    done = subprocess.run([sys.executable, "-c", program, runs.home], capture_output=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGSEGV
    told = runs.start().last
    assert "process" in told
    assert "Segmentation fault" in told


def test_a_disk_that_takes_nothing_and_notes_that_are_garbage_are_no_matter(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    runs.start()
    monkeypatch.setattr("tracker_app.crashes.write_whole", full)
    break_it()
    (runs.home / "logs" / "crashes.json").write_bytes(b"[{")
    assert runs.start().last == ""
    (runs.home / "logs" / "crashes-last.json").mkdir()
    runs.start().told()
    monkeypatch.undo()
    (runs.home / "file").write_text("in the way")
    elsewhere = CrashNotes(runs.home / "file")
    elsewhere.begin()
    assert elsewhere.last == ""
    elsewhere.end()


@pytest.mark.parametrize(("choice", "scale"), [(Choice.LIGHT, 1.0), (Choice.DARK, 2.0)])
def test_the_window_shows_copies_and_is_told_when_it_was_seen(
    make_shell: MakeShell, qtbot: QtBot, qapp: QApplication, choice: Choice, scale: float
) -> None:
    shell = make_shell(choice=choice, scale=scale)
    seen: list[bool] = []
    shell.show_crash("Fairhour 1\n\nTraceback", lambda: seen.append(True))
    window = shell._crash
    assert window is not None
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: widget_checks.everything(window) == [], timeout=3000)
    window.copy.click()
    assert QGuiApplication.clipboard().text() == "Fairhour 1\n\nTraceback"
    assert window.copied.text() == "Copied"
    window.done_button.click()
    assert seen == [True]
    shell.show_crash("again", lambda: seen.append(False))
    shell.close()
    assert seen == [True], "the program's end is not the user"
