"""Moving the data folder: whatever goes wrong, one whole copy is there and is the one that counts."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QProcess, QSettings, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sync import files
from sync.files import write_whole
from tests.tracker_app.fakes import JOB
from tests.tracker_app.samples import job_list
from tests.ui import widget_checks
from tracker_app import home_move, moving
from tracker_app.autostart import command
from tracker_app.data_files import files_of
from tracker_app.jobs_file import save_jobs
from tracker_app.main import main
from tracker_app.places import POINTER, data_folder, is_gone, usual_folder
from tracker_app.settings import read_settings
from tracker_app.tracker import Tracker
from ui.actions import UiActions
from ui.moving import MovingWindow
from ui.shell import Shell
from worktime.errors import FairhourError, Problem


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The usual data folder, with data in it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.delenv("FAIRHOUR_HOME", raising=False)
    made = usual_folder()
    (made / "pictures").mkdir(parents=True, mode=0o700)
    (made / "journal.sqlite3").write_bytes(os.urandom(5000))
    (made / "pictures" / "a.webp").write_bytes(os.urandom(3000))
    (made / "lock").write_text("4711")
    return made


def content(folder: Path) -> dict[str, bytes]:
    """All of a folder's data."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in files_of(folder)}


def code(home: Path, target: Path) -> str:
    with pytest.raises(FairhourError) as caught:
        moving.check(home, target)
    return caught.value.problem.message.replace(str(target), "it")


def test_everything_is_moved_and_found_at_the_next_start(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, target, shares = content(home), tmp_path / "new" / "place", list[int]()
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_folder", synced.append)
    monkeypatch.setattr(moving, "sync_folder", synced.append)
    moving.move(home, target, home / POINTER, shares.append)
    assert data_folder({}) == target == read_settings({}).home
    assert content(target) == before
    assert content(home) == {}
    assert sorted(path.name for path in home.iterdir()) == ["lock", POINTER]
    assert (target.stat().st_mode | target.parent.stat().st_mode) & 0o077 == 0
    assert {target.parent.parent, target.parent, target} <= set(synced), "the way to it is on the disk, too"
    assert (shares, shares[-1]) == (sorted(shares), 100)
    assert data_folder({"FAIRHOUR_HOME": "/elsewhere"}) == Path("/elsewhere")
    further = tmp_path / "third"
    moving.move(target, further, home / POINTER)
    assert content(data_folder({})) == before
    moving.move(further, home, home / POINTER)
    assert content(data_folder({})) == before, "it can come back, too"
    moving.move(home, further, home / POINTER)
    assert not is_gone({})
    shutil.rmtree(further)
    assert is_gone({})
    assert not is_gone({"FAIRHOUR_HOME": "/elsewhere"})
    assert main([]) == 1
    assert "It was moved to" in capsys.readouterr().err
    assert not further.exists(), "an empty one would look as if all were lost"
    (home / POINTER).write_text("garbage")
    assert data_folder({}) == home


def test_where_it_can_not_go_is_told_before_anything_happens(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "file").write_text("of somebody")
    assert code(home, full) == "it is not empty."
    assert code(home, full / "file") == "it is not empty."
    assert code(home, home) == code(home, home / "pictures" / "in") == "it and the data folder lie in each other."
    (home / "elsewhere").symlink_to(full, target_is_directory=True)
    assert code(home, tmp_path / "new") == f"{home / 'elsewhere'} leads out of the data folder."
    (home / "elsewhere").unlink()
    assert code(home, home.parent) == "it and the data folder lie in each other."
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert code(home, tmp_path / "new") == "it can't be written."
    monkeypatch.undo()
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1000))
    assert code(home, tmp_path / "new") == "There is not enough room for it in it."


@pytest.mark.parametrize("broken", ["fsync", "hash", "pointer", "pointer's folder"])
def test_a_move_that_fails_leaves_the_old_folder_as_it_was(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    before, target = content(home), tmp_path / "new"
    if broken == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    elif broken == "hash":
        monkeypatch.setattr(moving, "hash_of", lambda path: str(path))
    elif broken == "pointer":
        monkeypatch.setattr(moving, "write_whole", fail)
    else:
        # It is written, and then the disk says that it may not be.
        def write_and_fail(path: Path, data: bytes) -> None:
            write_whole(path, data)
            fail()

        monkeypatch.setattr(moving, "write_whole", write_and_fail)
    with pytest.raises(FairhourError, match="move_refused"):
        moving.move(home, target, home / POINTER)
    assert content(home) == before
    assert [*target.iterdir()] == [], "it can be tried again"
    assert data_folder({}) == home


def test_what_can_not_be_erased_of_the_old_copy_does_not_undo_the_move(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    before = content(home)
    monkeypatch.setattr(Path, "unlink", refuse)
    moving.move(home, tmp_path / "new", home / POINTER)
    assert content(data_folder({})) == before


def test_the_tracker_ends_for_it_but_not_while_something_is_recorded(
    home: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(home)
    home.mkdir(mode=0o700)
    save_jobs(home / "jobs.json", job_list())
    tracker = Tracker(qapp, read_settings({"FAIRHOUR_SERVER": "http://127.0.0.1:9"}))
    try:
        tracker.actions.start.emit(JOB)
        tracker.actions.settings.emit()
        page = tracker.shell.settings_window().data
        assert not page.move_it.isEnabled()
        assert "when nothing is recorded" in page.stays.text()
        page.ask_move(tmp_path / "new")
        assert page.question is not None
        page.question.findChildren(type(page.move_it))[0].click()
        chosen = tracker.late.move_to
        assert chosen is None
        tracker.actions.stop.emit()
        tracker.actions.settings.emit()
        assert page.move_it.isEnabled()
        page._acts.move_folder.emit(home / "inside")
        assert "lie in each other" in page.settings[0].why.text()
        with qtbot.waitSignal(tracker.ended, timeout=20_000):
            page._acts.move_folder.emit(tmp_path / "new")
        assert tracker.late.move_to == tmp_path / "new"
        assert (home / "window.ini").exists(), "nothing is written any more when the folder is moved"
    finally:
        tracker.quit()


def test_a_window_waits_and_tells_why_it_was_not_done(
    home: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(qapp, UiActions(), QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(QProcess, "startDetached", lambda program, arguments: started.append((program, arguments)))
    assert home_move.moved_home(home, tmp_path / "new", shell.theme)
    assert data_folder({}) == tmp_path / "new"
    shown = MovingWindow.show_problem

    def show(window: MovingWindow, problem: Problem) -> None:
        shown(window, problem)
        qtbot.waitExposed(window)

        def content() -> None:
            assert widget_checks.everything(window) == []

        qtbot.waitUntil(content, timeout=3000)
        assert "is not empty" in window.said.text()
        QTimer.singleShot(0, window.done_button.click)

    monkeypatch.setattr(MovingWindow, "show_problem", show)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("of somebody")
    assert not home_move.moved_home(tmp_path / "new", tmp_path / "full", shell.theme)
    home_move.again()
    ((program, arguments),) = started
    assert "--hidden" not in arguments
    assert program == command()[0]
    shell.close()
