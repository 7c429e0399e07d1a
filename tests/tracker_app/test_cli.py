"""The command line against a tracker that answers as told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.pseudo_language import spoken, untranslated
from tracker_app import cli, control
from ui.models import Activity
from worktime.errors import failure

JOBS = [
    {"id": "11", "title": "Website redesign"},
    {"id": "22", "title": "Web shop"},
    {"id": "33", "title": "Data import"},
]
STATUS: dict[str, Any] = {
    "ok": True,
    "state": "recording",
    "job_title": "Website redesign",
    "today_s": 4320,
    "week_s": 26640,
    "jobs": JOBS,
    "unsent": {"segments": 1, "pictures": 2},
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[dict[str, Any]]:
    """Replace the socket by an answer; returns what was asked."""
    messages: list[dict[str, Any]] = []

    def answer(home: Path, message: dict[str, Any]) -> dict[str, Any]:
        assert home == tmp_path
        messages.append(message)
        return STATUS if message["do"] == "status" else {"ok": True}

    monkeypatch.setenv("FAIRHOUR_HOME", str(tmp_path))
    monkeypatch.setattr(control, "request", answer)
    return messages


def test_start_finds_the_job_by_a_part_of_its_title(
    asked: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["start", "redesign"]) == 0
    assert asked[-1] == {"do": "start", "job": "11"}
    assert capsys.readouterr().out == "Recording.\n"


def test_a_name_that_fits_several_jobs_starts_none(
    asked: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["start", "web"]) == 1
    said = capsys.readouterr().err
    assert "Name one of these: Website redesign, Web shop." in said
    assert said.startswith("Which job? Several jobs match 'web'.")
    assert [message["do"] for message in asked] == ["status"]
    assert cli.main(["start", "garden"]) == 1
    assert capsys.readouterr().err.startswith(
        "Which job? No job matches 'garden'. Name one of these: Website redesign,"
    )


def test_without_jobs_it_says_that_they_are_still_to_come(
    asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(STATUS, "jobs", [])
    assert cli.main(["start", "web"]) == 1
    assert capsys.readouterr().err.startswith("No jobs known yet. Your jobs are still being fetched")


def test_a_reader_that_has_read_enough_ends_it_quietly(
    asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as gone:
        monkeypatch.setattr(sys, "stdout", gone)
        assert cli.main(["status"]) == 0
    assert capsys.readouterr().err == ""


def test_status_in_words_and_as_json(asked: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["status"]) == 0
    out = capsys.readouterr().out
    assert out == (
        "Recording: Website redesign\nToday 1 h 12 min, this week 7 h 24 min\n"
        "Waits to be sent: 1 segment and 2 screenshots\n"
    )
    assert cli.main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["week_s"] == 26640


@pytest.mark.parametrize("do", ["stop", "show", "quit"])
def test_plain_commands_are_passed_on(asked: list[dict[str, Any]], do: str) -> None:
    assert cli.main([do]) == 0
    assert asked == [{"do": do}]


def test_a_comment_is_passed_on(asked: list[dict[str, Any]]) -> None:
    assert cli.main(["comment", "Landing page"]) == 0
    assert asked == [{"do": "comment", "text": "Landing page"}]


def test_a_refusal_is_told_with_what_to_do(
    asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(home: Path, message: dict[str, Any]) -> dict[str, Any]:
        raise failure("not_running", "Fairhour is not running", "No answer.", "Start it.")

    monkeypatch.setattr(control, "request", refuse)
    assert cli.main(["stop"]) == 1
    assert capsys.readouterr().err == "Fairhour is not running. No answer. Start it.\n"
    assert cli.main(["stop", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "not_running"


def said(capsys: pytest.CaptureFixture[str]) -> str:
    streams = capsys.readouterr()
    return streams.out + streams.err


@pytest.mark.parametrize("state", Activity)
@pytest.mark.parametrize("unsent", [{}, {"segments": 1, "pictures": 2, "oldest_s": 720}])
def test_every_word_of_the_status_is_translated(
    asked: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    qapp: QApplication,
    state: Activity,
    unsent: dict[str, int],
) -> None:
    monkeypatch.setitem(STATUS, "state", str(state))
    monkeypatch.setitem(STATUS, "unsent", unsent)
    monkeypatch.setitem(STATUS, "oldest_unsent_s", unsent.get("oldest_s"))
    with spoken():
        assert cli.main(["status"]) == 0
    assert untranslated(said(capsys), values=("Website redesign",)) == ""


@pytest.mark.parametrize("do", [["stop"], ["show"], ["quit"], ["start", "redesign"], ["comment", "Landing page"]])
def test_every_answer_is_translated(
    asked: list[dict[str, Any]], capsys: pytest.CaptureFixture[str], qapp: QApplication, do: list[str]
) -> None:
    with spoken():
        assert cli.main(do) == 0
    text = said(capsys)
    assert text.startswith("«")
    assert untranslated(text) == ""


@pytest.mark.parametrize(
    ("spool", "words"),
    [
        ("encrypted", "are encrypted"),
        ("plain", "are not encrypted: there is no keyring"),
        ("locked", "until the keyring is unlocked"),
    ],
)
def test_the_status_says_whether_screenshots_are_encrypted(
    asked: list[dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    spool: str,
    words: str,
) -> None:
    monkeypatch.setitem(STATUS, "spool", spool)
    assert cli.main(["status"]) == 0
    assert words in capsys.readouterr().out


@pytest.mark.parametrize("do", sorted({*cli.meanings()} - {"doctor"}))
def test_every_refusal_is_translated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], qapp: QApplication, do: str
) -> None:
    monkeypatch.setenv("FAIRHOUR_HOME", str(tmp_path))
    more = ["words"] if do in ("start", "comment") else []
    with spoken():
        assert cli.main([do, *more]) == 1
    text = said(capsys)
    assert "«Start it (fairhour-tracker), then try again.»" in text
    assert untranslated(text) == ""


@pytest.mark.parametrize("job", ["web", "garden"])
def test_no_job_or_several_is_translated(
    asked: list[dict[str, Any]], capsys: pytest.CaptureFixture[str], qapp: QApplication, job: str
) -> None:
    with spoken():
        assert cli.main(["start", job]) == 1
    assert untranslated(said(capsys)) == ""


@pytest.mark.parametrize(
    "arguments", [["--help"], *([do, "--help"] for do in cli.meanings()), ["hours", "add", "--help"]]
)
def test_every_word_of_the_help_is_translated(
    capsys: pytest.CaptureFixture[str], qapp: QApplication, arguments: list[str]
) -> None:
    with spoken(), pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 0
    # The names of commands, options and arguments are what is typed.
    typed = (
        "--help",
        "--json",
        "-h",
        "fairhour",
        "--keep-in-file",
        "sign-in",
        "sign-out",
        *cli.meanings(),
        "job",
        "text",
        "server",
        "minutes",
        "folder",
        *("add", "date", "duration", "note", "2026-11-20", "1:30", "1h30m"),
    )
    lines = said(capsys).splitlines()
    assert untranslated("\n".join(lines), values=()) != ""
    assert untranslated("\n".join(lines), values=typed) == ""


def test_a_word_that_is_not_understood_is_told_in_the_users_language(
    capsys: pytest.CaptureFixture[str], qapp: QApplication
) -> None:
    with spoken(), pytest.raises(SystemExit):
        cli.main(["stop", "now"])
    assert "«Not understood: unrecognized arguments: now»" in said(capsys)


def test_the_command_line_loads_no_windows_no_network_and_no_journal() -> None:
    """It must answer at once: what it needs of Qt is QtCore alone."""
    heavy = ("PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtNetwork", "httpx", "sqlite3", "asyncio")
    program = (
        "import sys\nfrom tracker_app import cli\n"
        "try:\n    cli.main(['--help'])\n"
        f"except SystemExit:\n    print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_unknown_command_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["dance"])
    assert caught.value.code == 2
    assert "invalid choice" in capsys.readouterr().err
