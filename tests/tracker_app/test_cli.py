"""The command line against a tracker that answers as told."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tracker_app import cli, control
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
    assert "recording: Website redesign" in out
    assert "today 1 h 12 min, this week 7 h 24 min" in out
    assert "3 items wait to be sent" in out
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


def test_an_unknown_command_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["dance"])
    assert caught.value.code == 2
    assert "invalid choice" in capsys.readouterr().err
