"""Other hours, by the freelancer's hand: adding an entry, changing it, deleting it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.foundation import clock
from marketplace.foundation.ids import new_id
from marketplace.jobs.models import Job
from marketplace.jobs.selectors import role_of
from marketplace.timesheets.other_hours import entry_for
from marketplace.timesheets.services import take_hours
from marketplace.web import words
from marketplace.web.views.common import asked_job, asked_week, person_page, reads_and_posts, signed_in
from worktime import weeks, wire
from worktime.errors import FairhourError, Problem, failure
from worktime.wire import MAX_NOTE, Outcome

SHOWN_WEEKS = 26
"""Weeks to choose from: half a year, as on the page of timesheets."""
_MOST_CHARS = 4


@reads_and_posts
@person_page
def add(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Enter time for a week; sending the form twice enters it once, by the id that stands in it."""
    job, now = asked_job(request, job_id), clock.second()
    _own(request, job)
    week, problem = asked_week(request, now), None
    if request.method == "POST":
        week = _number(request.POST.get("week", ""), most_chars=12)
        try:
            entry = _entry(request, job, week, entry=_id(request))
            _send(request, entry)
        except FairhourError as error:
            problem = error.problem
        else:
            text = _("Added to Other hours: {length}.").format(length=words.precise(entry.seconds))
            return _done(request, job, week, text)
    offered = list(_weeks(job, now))
    if week not in [each["start"] for each in offered]:
        week = weeks.week_of(now)
    context = {
        "title": _("Add Other hours"),
        "button": _("Add to Other hours"),
        "entry": _id(request) if problem else new_id(),
        "revision": 1,
        "weeks": offered,
        "chosen": week,
        **_typed(request, 0, ""),
    }
    return _form(request, job, week, context, problem)


@reads_and_posts
@person_page
def edit(request: HttpRequest, entry_id: UUID) -> HttpResponseBase:
    """Change time or note of an entry."""
    row = entry_for(signed_in(request), entry_id)
    _own(request, row.job)
    problem = None
    if request.method == "POST":
        try:
            revision = _number(request.POST.get("revision", ""), most_chars=7) + 1
            entry = _entry(request, row.job, row.week_start, entry=row.entry, revision=revision)
            _send(request, entry)
        except FairhourError as error:
            problem = error.problem
            row.refresh_from_db()
        else:
            text = _("Changed to {length}.").format(length=words.precise(entry.seconds))
            return _done(request, row.job, row.week_start, text)
    context = {
        "title": _("Edit Other hours"),
        "button": _("Save the entry"),
        "entry": row.entry,
        "revision": row.revision,
        **_typed(request, row.seconds, row.note),
    }
    return _form(request, row.job, row.week_start, context, problem)


@reads_and_posts
@person_page
def delete(request: HttpRequest, entry_id: UUID) -> HttpResponseBase:
    """Ask, and then take an entry off."""
    row = entry_for(signed_in(request), entry_id)
    _own(request, row.job)
    problem = None
    if request.method == "POST":
        revision = _number(request.POST.get("revision", ""), most_chars=7) + 1
        gone = wire.OtherHours(
            id=row.entry,
            job=row.job_id,
            week_start=row.week_start,
            seconds=row.seconds,
            note=row.note,
            revision=max(1, min(revision, wire.MAX_REVISION)),
            removed=True,
        )
        try:
            _send(request, gone)
        except FairhourError as error:
            problem = error.problem
            row.refresh_from_db()
        else:
            return _done(request, row.job, row.week_start, _("Deleted from Other hours."))
    context = {
        "job": row.job,
        "week_name": words.week_name(row.week_start, weeks.week_end(row.week_start)),
        "length": words.precise(row.seconds),
        "note": row.note,
        "revision": row.revision,
        "back": _page_of(row.job, row.week_start),
        "problem": problem,
    }
    return render(request, "web/hours_delete.html", context, status=422 if problem else 200)


def _own(request: HttpRequest, job: Job) -> None:
    if role_of(signed_in(request), job) != "freelancer":
        raise failure(
            "not_the_freelancer",
            _("Only the freelancer can do this"),
            _("Other hours are entered, changed and deleted by the freelancer of the job."),
            _("Write to the freelancer in the workroom."),
        )


def _send(request: HttpRequest, entry: wire.OtherHours) -> None:
    """Store the entry. Raises FairhourError that says why it was not."""
    batch = wire.OtherHoursBatch(v=wire.VERSION, entries=(entry,))
    (receipt,) = take_hours(person=signed_in(request), batch=batch, now=clock.second)
    if receipt.problem is not None:
        raise FairhourError(receipt.problem)
    if receipt.outcome is Outcome.SUPERSEDED:
        raise failure(
            "hours_changed",
            _("Changed on another screen"),
            _("This entry was changed, here or in the tracker, since this page was loaded."),
            _("Look at how it stands now, and change it again if it is wrong."),
        )


def _entry(request: HttpRequest, job: Job, week: int, *, entry: UUID, revision: int = 1) -> wire.OtherHours:
    """Return what was typed in as an entry. Raises FairhourError when it can be none."""
    seconds = sum(
        unit * _number(request.POST.get(name, ""), most_chars=_MOST_CHARS)
        for name, unit in (("hours", 3600), ("minutes", 60), ("seconds", 1))
    )
    note = wire.clean_text(request.POST.get("note", ""), MAX_NOTE).strip()
    try:
        return wire.OtherHours(
            id=entry, job=job.pk, week_start=week, seconds=seconds, note=note, revision=min(revision, wire.MAX_REVISION)
        )
    except ValueError as error:
        raise failure(
            "bad_hours",
            _("Time or note missing"),
            _("Other hours have at least a second, at most the hours of their week, and a note."),
            _("Enter the time, and say in the note what it was."),
        ) from error


def _number(text: str, *, most_chars: int) -> int:
    """Return a number that was typed in; what is none counts as nothing."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= most_chars else 0


def _id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("entry", ""))
    except ValueError:
        return new_id()


def _typed(request: HttpRequest, seconds: int, note: str) -> dict[str, Any]:
    """Return the fields: as they were typed, else as the entry has them."""
    units = (
        ("hours", _("hours"), seconds // 3600, 169),
        ("minutes", _("minutes"), seconds // 60 % 60, 59),
        ("seconds", _("seconds"), seconds % 60, 59),
    )
    typed = request.POST
    return {
        "parts": [
            {"name": name, "label": label, "value": typed.get(name, str(has)), "most": most}
            for name, label, has, most in units
        ],
        "note": typed.get("note", note),
    }


def _weeks(job: Job, now: int) -> Iterator[dict[str, object]]:
    """Yield the job's weeks that have begun, newest first."""
    first = weeks.week_of(job.started_at)
    week = weeks.week_of(now if job.ended_at is None else min(now, job.ended_at))
    for _number in range(SHOWN_WEEKS):
        if week < first:
            return
        yield {"start": week, "name": words.week_name(week, weeks.week_end(week))}
        week = weeks.previous_week(week)


def _form(
    request: HttpRequest, job: Job, week: int, context: dict[str, Any], problem: Problem | None
) -> HttpResponseBase:
    shown = {
        "job": job,
        "week_name": words.week_name(week, weeks.week_end(week)),
        "limit": MAX_NOTE,
        "problem": problem,
        "back": _page_of(job, week),
    }
    return render(request, "web/hours_form.html", {**shown, **context}, status=422 if problem else 200)


def _done(request: HttpRequest, job: Job, week: int, text: str) -> HttpResponseBase:
    messages.success(request, text)
    return redirect(_page_of(job, week))


def _page_of(job: Job, week: int) -> str:
    return f"{reverse('work', args=[job.pk])}?{urlencode({'week': week})}#other-hours"
