"""Everything that is stored comes out, nothing of others and no secret; of diagnostics nothing that was recorded."""

from __future__ import annotations

import contextlib
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.sync.journals import Scribe, open_journal, picture
from tests.tracker_app.fakes import JOB, OTHER_JOB
from tests.tracker_app.samples import job, job_list
from tracker_app import cli_files, diagnostics, log_file
from tracker_app.bundle import Bundle, CancelledError
from tracker_app.cli_files import made_in_words, make_file, week_in_words
from tracker_app.control import Request
from tracker_app.export import write_export
from tracker_app.jobs_file import save_jobs
from tracker_app.settings import read_settings
from tracker_app.tracker import Tracker
from ui.settings import SettingsWindow
from worktime.errors import FairhourError
from worktime.slots import slot_start
from worktime.tracking_values import Comment, Start

NOW = datetime(2026, 11, 22, 6, 16, tzinfo=UTC)
SLOT = 2_953_000
T0 = slot_start(SLOT)
COMMENT, TITLE, SECRET = "Landing page of Mr. Planted", "Planted title", "refresh-0815"


def wanted(_share: int) -> bool:
    """Somebody waits for it."""
    return True


def read(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_export_holds_all_that_was_recorded_but_for_others_and_secrets(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "out"
    folder.mkdir()
    journal = open_journal(home)
    for number, whose in enumerate((JOB, OTHER_JOB)):
        scribe = Scribe(journal)
        scribe.do(Start(whose, T0 + 720 * number))
        scribe.do(Comment(COMMENT if whose == JOB else "of somebody else"))
        scribe.work(T0 + 720 * number, 400)
    taken, data = picture(SLOT, 1, T0 + 300, number=1)
    journal.spooled(taken, data, b"small")
    gone, lost = picture(SLOT, 2, T0 + 301, number=2)
    journal.spooled(gone, lost, b"small")
    journal.spool.picture(gone.picture.sha256).write_bytes(b"FHS1 sealed with a key that is not here")
    (home / "preferences.json").write_text('{"theme": "dark"}')
    (home / "sign-in.json").write_text(SECRET)
    (home / "people.json").write_text('{"other": {"name": "Another freelancer"}}')
    shares: list[int] = []

    def count(share: int) -> bool:
        shares.append(share)
        return True

    file = write_export(folder, home, journal.export, {OTHER_JOB}, NOW, count)
    assert file.name == "Fairhour-export-2026-11-22-0616.zip"
    assert file.stat().st_mode & 0o077 == 0
    found = read(file)
    assert found[f"screenshots/{taken.picture.sha256}.webp"] == data
    assert json.loads(found["contents.json"])["screenshots_left_out"] == [f"{gone.picture.sha256}.webp"]
    assert found["preferences.json"] == b'{"theme": "dark"}'
    tables = json.loads(found["journal.json"])
    assert set(tables) >= {"observation", "segment", "picture", "setting"}
    assert COMMENT in json.dumps(tables["observation"])
    assert {row["job"] for row in tables["segment"]} == {str(JOB)}
    whole = b"".join(found.values())
    assert SECRET.encode() not in whole
    assert b"somebody else" not in whole
    assert b"Another freelancer" not in whole
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 100)
    again = write_export(folder, home, journal.export, (), NOW, wanted)
    assert again.name == "Fairhour-export-2026-11-22-0616-2.zip", "an older one is never written over"
    with pytest.raises(ValueError, match="no such table"):
        list(journal.export.rows("segment; DROP TABLE segment"))
    journal.close()


def test_nobody_who_laid_something_where_it_goes_reads_it_or_has_it_written_elsewhere(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("kept")
    part = tmp_path / "some-2026-11-22-0616.zip.part"
    for linked in (True, False):
        if linked:
            part.symlink_to(mine)
        else:
            part.touch()
            part.chmod(0o666)
        with Bundle(tmp_path, "some", NOW, wanted) as bundle:
            bundle.add("a", b"secret")
        assert bundle.file.stat().st_mode & 0o777 == 0o600
        assert (mine.read_text(), part.exists()) == ("kept", False)
        bundle.file.unlink()


def test_what_is_given_up_or_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with contextlib.suppress(CancelledError), Bundle(tmp_path, "some", NOW, lambda _share: False) as bundle:
        bundle.add_lists("empty.json", {})
        bundle.done(10)
        raise AssertionError("nobody wants it")
    assert list(tmp_path.iterdir()) == []

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tracker_app.bundle.os.fsync", full)
    with pytest.raises(FairhourError, match="export_failed"), Bundle(tmp_path, "some", NOW, wanted) as bundle:
        bundle.add("file", b"data")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FairhourError, match="export_failed"), Bundle(tmp_path / "none", "some", NOW, wanted):
        raise AssertionError("it can't begin")


@pytest.fixture
def tracker(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Tracker]:
    home = tmp_path / "home"
    home.mkdir()
    save_jobs(home / "jobs.json", job_list(job(JOB, title=TITLE, client="Planted client"), job(OTHER_JOB)))
    made = Tracker(qapp, read_settings({"FAIRHOUR_HOME": str(home), "FAIRHOUR_SERVER": "http://127.0.0.1:9"}))
    log_file.begin(home)
    yield made
    made.quit()
    log_file.end()


def test_window_and_command_line_make_both_files(
    tracker: Tracker, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnostics, "DOCTOR_S", 0.0)
    tracker.preferences.change(proxy="http://planted.example:1", work_view_off=(str(JOB),))
    tracker.actions.start.emit(JOB)
    tracker.actions.comment.emit(COMMENT)
    tracker.actions.settings.emit()
    window: SettingsWindow = tracker.shell.settings_window()
    window.acts.export.emit(tmp_path)
    assert window.data.export.said.text() == "0 % done"
    assert not window.data.diagnostics.start.isEnabled()
    window.acts.diagnostics.emit(tmp_path)
    assert "One file at a time" not in window.data.export.said.text()
    assert "Another export" in window.data.settings[2].why.text()
    qtbot.waitUntil(lambda: window.data.export.said.text().startswith("Saved: "), timeout=20_000)
    answers = iter([{"do": "diagnostics", "path": str(tmp_path)}, *[{"do": "tasks"}] * 1000])

    def ask(_home: Path, message: dict[str, str]) -> dict[str, object]:
        assert message == next(answers)
        return tracker.requests.answer(Request(do=message["do"], path=message.get("path")))

    monkeypatch.setattr(cli_files, "request", ask)
    answer = make_file(tmp_path, "diagnostics", str(tmp_path), rest=lambda _s: qtbot.wait(20))
    file = Path(str(answer["file"]))
    assert made_in_words(answer) == f"Saved: {file}"
    found = read(file)
    assert {"system.json", "status.json", "preferences.json", "journal.json", "doctor.json"} <= set(found)
    assert "log/fairhour.log" in found
    assert json.loads(found["status.json"])["jobs"] == 2
    assert json.loads(found["preferences.json"])["proxy"] == "own"
    whole = b"".join(found.values())
    assert [
        word for word in (COMMENT, TITLE, "Planted client", "planted.example", str(JOB)) if word.encode() in whole
    ] == []
    assert COMMENT.encode() in b"".join(read(Path(window.data.export.said.text().removeprefix("Saved: "))).values())
    opened: list[QUrl | str] = []

    def no_program(url: QUrl | str) -> bool:
        opened.append(url)
        return False

    tracker.late.settings._open = no_program
    window.data.export.show_it.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]
    assert "opened nothing" in window.data.settings[0].why.text()


def test_what_goes_wrong_is_told_and_what_is_cancelled_leaves_nothing(
    tracker: Tracker, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def over(kind: str = "export") -> bool:
        return tracker._tasks.task(kind).share is None

    tracker._tasks.start("export", tmp_path / "none")
    qtbot.waitUntil(over, timeout=20_000)
    problem = tracker._tasks.task("export").problem
    assert problem is not None
    assert problem.code == "export_failed"
    tracker.actions.settings.emit()
    assert "did not take it" in tracker.shell.settings_window().data.settings[1].why.text()
    monkeypatch.setattr("tracker_app.export.write_export", lambda *_arguments: 1 / 0)
    tracker._tasks.start("export", tmp_path)
    qtbot.waitUntil(over, timeout=20_000)
    problem = tracker._tasks.task("export").problem
    assert problem is not None
    assert problem.code == "task_broken"
    tracker._tasks._makers = {"export": lambda: lambda folder, step: _endless(folder, step)}
    tracker._tasks.start("export", tmp_path)
    tracker.requests.answer(Request("cancel_task"))
    qtbot.waitUntil(over, timeout=20_000)
    assert made_in_words({"file": None}).startswith("Cancelled")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]

    def refused(_home: Path, message: dict[str, str]) -> dict[str, object]:
        task = {"share": None, "file": None, "problem": {"code": "x", "title": "t", "message": "m", "action": "a"}}
        return {"tasks": {"export": task}}

    monkeypatch.setattr(cli_files, "request", refused)
    with pytest.raises(FairhourError, match="x: m"):
        make_file(tmp_path, "export", ".")


def _endless(folder: Path, step: object) -> Path:
    assert callable(step)
    with Bundle(folder, "endless", NOW, step) as bundle:
        while True:
            bundle.done(1)


def test_the_week_is_told_by_job_and_day(tracker: Tracker) -> None:
    assert week_in_words({"jobs": []}) == "No jobs are known yet."
    answer = tracker.requests.answer(Request("week"))
    assert [UUID(each["id"]) for each in answer["jobs"]] == [JOB, OTHER_JOB]
    assert len(answer["jobs"][0]["days"]) in (7, 8)
    answer["jobs"][0] |= {"tracked_s": 3600, "protected_s": 3000, "unprotected": {"no_picture": 540, "flat": 60}}
    lines = week_in_words(answer).splitlines()
    assert lines[0].startswith(f"Planted client: {TITLE}, 1 h 0 min of ")
    assert "  Protected: 50 min" in lines
    assert "  Not protected: 9 min, without a screenshot" in lines
    assert "  Not protected: 1 min, screenshot of an inactive or locked desktop" in lines
