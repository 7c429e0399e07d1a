"""``fairhour hours`` with a real journal behind it: what is typed, what is kept, and what is said of it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from sync.journal import Journal
from tests.support.answers import job_view, week_view
from tests.support.pseudo_language import spoken, untranslated
from tests.sync.journals import JOB, OTHER_JOB, open_journal
from tests.tracker_app.test_hours_window import BEFORE, NOW, WEEK
from tracker_app import cli, cli_hours, control, hours_requests
from tracker_app.control import Request
from tracker_app.other_hours import HoursDesk
from worktime.errors import FairhourError
from worktime.weeks import previous_week
from worktime.wire import HoursState, JobView, OtherHoursView


class Tracker:
    """Answers as the running tracker does, at ``NOW``: before Monday 07:00, so the week before is still open."""

    def __init__(self, journal: Journal) -> None:
        ids = (UUID(int=number) for number in itertools.count(1))
        self.now = NOW
        self.journal = journal.outbox.hours
        self.desk = HoursDesk(self.journal, lambda: self.now, lambda: next(ids), lambda: None)
        website = job_view(JOB, title="Website redesign", started_at=previous_week(BEFORE) + 5)
        self.jobs: tuple[JobView, ...] = (website, job_view(OTHER_JOB, title="Data import", started_at=WEEK))

    def __call__(self, _home: Path, message: dict[str, Any]) -> dict[str, Any]:
        request = msgspec.json.decode(msgspec.json.encode(message), type=Request)
        if request.do == "status":
            return {"jobs": [{"id": str(job.id), "title": job.title} for job in self.jobs]}
        act = {"hours": lambda: hours_requests.listing(self.desk, self.jobs)}.get(request.do)
        found = act() if act else hours_requests.add(self.desk, self.jobs, request)
        return {"ok": True, **json.loads(json.dumps(found))}


@pytest.fixture
def tracker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Tracker]:
    journal = open_journal(tmp_path / "home")
    made = Tracker(journal)
    monkeypatch.setenv("FAIRHOUR_HOME", str(tmp_path))
    for module in (control, cli_hours):
        monkeypatch.setattr(module, "request", made)
    yield made
    journal.close()


def test_hours_are_added_to_the_week_of_the_day_and_listed(
    tracker: Tracker, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["hours", "add", "website", "2026-11-02", "1:30", "Call with the client"]) == 0
    assert capsys.readouterr().out == "Added: 1 h 30 min, Website redesign, 2 Nov to 8 Nov 2026 (ET).\n"
    assert cli.main(["hours", "add", "website", "2026-11-01", "45m", "A Sunday", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["week_start"], answer["entry"]["seconds"], answer["entry"]["state"]) == (BEFORE, 2700, "open")
    assert [each.seconds for each in tracker.journal.pending(NOW, 9)] == [5400, 2700]
    assert cli.main(["hours"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Website redesign",
        "  2 Nov to 8 Nov 2026 (ET)",
        "    1 h 30 min  Call with the client  (Not sent yet)",
        "  26 Oct to 1 Nov 2026 (ET)",
        "    45 min  A Sunday  (Not sent yet)",
        "Data import",
        "  2 Nov to 8 Nov 2026 (ET)",
        "    no Other hours",
    ]
    assert cli.main(["hours", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["jobs"][0]["weeks"]
    assert [(week["week_start"], len(week["entries"])) for week in listed] == [(WEEK, 1), (BEFORE, 1)]


def test_after_submission_they_come_additionally_and_stay_in_the_list_until_they_are_on_a_timesheet(
    tracker: Tracker, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["hours", "add", "website", "2026-10-20", "30s", "A note"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Added: 30 s, Website redesign, 19 Oct to 25 Oct 2026 (ET). The week was submitted")

    def weeks() -> list[int]:
        return [week["week_start"] for week in hours_requests.listing(tracker.desk, tracker.jobs)["jobs"][0]["weeks"]]

    assert weeks() == [WEEK, BEFORE, previous_week(BEFORE)]
    (entry,) = tracker.journal.pending(NOW, 9)
    view = OtherHoursView(id=entry.id, seconds=30, note="A note", revision=1, state=HoursState.SUBMITTED)
    tracker.journal.heard(week_view(JOB, previous_week(BEFORE), other_hours=(view,)))
    assert weeks() == [WEEK, BEFORE]


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        (("website", "20.11.2026", "1:30", "A note"), "hours_typed", "'20.11.2026' is no date."),
        (("website", "9999-12-31", "1:30", "A note"), "hours_typed", "'9999-12-31' is no date."),
        (("website", "2026-11-02", "90", "A note"), "hours_typed", "'90' is no length of time."),
        (("website", "2026-11-02", "1:75", "A note"), "hours_typed", "'1:75' is no length of time."),
        (("website", "2026-11-02", "0m", "A note"), "hours_bad", "at least a second"),
        (("website", "2026-11-02", "169h", "A note"), "hours_bad", "at most its week's 168 hours"),
        (("website", "2026-11-02", "1:30", "  "), "hours_bad", "and a note."),
        (("website", "2026-11-02", "1:30", "x" * 501), "hours_bad", "501 characters; 500 are allowed"),
        (("website", "2026-11-09", "1:30", "A note"), "hours_week", "has not begun yet"),
        (("import", "2026-11-01", "1:30", "A note"), "hours_week", "before the job's first one"),
        (("garden", "2026-11-02", "1:30", "A note"), "which_job", "No job matches 'garden'."),
    ],
)
def test_what_can_not_be_entered_is_said_in_the_windows_words(
    tracker: Tracker, capsys: pytest.CaptureFixture[str], typed: tuple[str, ...], code: str, says: str
) -> None:
    assert cli.main(["hours", "--json", "add", *typed]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["code"], says in answer["message"]) == (code, True), answer
    with spoken():
        assert cli.main(["hours", "add", *typed]) == 1
    assert untranslated(capsys.readouterr().err, values=("garden", *typed)) == ""
    assert tracker.journal.pending(NOW, 9) == ()


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("1:30", 5400),
        ("0:00:30", 30),
        ("1h30m", 5400),
        ("1 h 30 min", 5400),
        ("45MIN", 2700),
        ("2h", 7200),
        ("61s", 61),
    ],
)
def test_lengths_are_understood_as_they_are_written(typed: str, seconds: int) -> None:
    assert cli_hours.seconds_of(typed) == seconds


@pytest.mark.parametrize("typed", ["", "h", "-1:00", "1.5h", "1:30 x", "90", "1000:00", "m30"])
def test_what_could_be_two_lengths_or_none_is_asked_for_again(typed: str) -> None:
    with pytest.raises(FairhourError, match="hours_typed"):
        cli_hours.seconds_of(typed)


def test_every_word_of_the_list_is_translated(tracker: Tracker, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["hours", "add", "website", "2026-10-20", "1:30", "Call with the client"]) == 0
    tracker.jobs = tracker.jobs[:1]
    capsys.readouterr()
    with spoken():
        assert cli.main(["hours"]) == 0
        assert cli.main(["hours", "add", "website", "2026-10-20", "1:30", "Call with the client"]) == 0
        tracker.jobs = ()
        assert cli.main(["hours"]) == 0
    assert untranslated(capsys.readouterr().out, values=("Website redesign", "Call with the client")) == ""


def test_a_job_that_is_gone_meanwhile_gets_nothing(tracker: Tracker) -> None:
    with pytest.raises(FairhourError, match="no_job"):
        hours_requests.add(tracker.desk, (), Request("hours_add", job=JOB, week=WEEK, seconds=60, text="Call"))
