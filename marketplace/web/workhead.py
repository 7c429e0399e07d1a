"""The head of the Work View page, the page as a whole, and which parts of it are new to a browser. Pure.

Every part has an id and a short digest. A browser that looks for changes sends the digests that it has and gets only
the parts that differ, the smallest ones that do: a dialog, the focus and the scroll position stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.web import words
from marketplace.web.hourspart import HoursPart
from marketplace.web.workpage import Day, Reader, digest_of

REAL_POLL_S = 3
FAST_POLL_S = 2
"""Real seconds between two looks for changes: a tile is on the open page within 5 s, the way of the answer included."""


@dataclass(frozen=True)
class Week:
    """What the head needs to know of one job and week; seconds, and minor units of ``currency``."""

    start: int
    end: int
    state: str
    submit_due: int
    review_ends: int
    tracked_s: int
    rejected_s: int
    idle_s: int
    protected_s: int
    amount_minor: int
    currency: str
    authorized_s: int
    job_started: int
    ready: bool
    not_ready_reason: str
    unprotected: tuple[tuple[str, int], ...] = ()
    other_s: int = 0


@dataclass(frozen=True)
class Head:
    """The head's figures and texts, ready to print."""

    week_start: int
    tracked_s: int
    rejected_s: int
    idle_s: int
    amount_minor: int
    currency: str
    state: str
    state_name: str
    state_words: str
    ready: bool
    not_ready_reason: str
    protection: str
    other_s: int = 0

    @property
    def digest(self) -> str:
        """A short mark of the totals."""
        return digest_of(
            (self.tracked_s, self.other_s, self.rejected_s, self.idle_s, self.amount_minor, self.state_words)
        )

    @property
    def protection_digest(self) -> str:
        """A short mark of the reasons why time is not protected."""
        return digest_of(self.protection)

    @property
    def ready_digest(self) -> str:
        """A short mark of the Ready state."""
        return digest_of((self.ready, self.not_ready_reason))


@dataclass(frozen=True)
class Page:
    """The Work View page of one job and week. ``since`` is the job's change counter as read before everything else."""

    job_id: UUID
    since: int
    poll_s: int
    head: Head
    days: tuple[Day, ...]
    hours: HoursPart
    empty: str = ""

    @property
    def shown_days(self) -> tuple[Day, ...]:
        """The days that have a section."""
        return tuple(day for day in self.days if day.shown)

    @property
    def shape(self) -> str:
        """A short mark that changes when a day comes or goes."""
        return digest_of((tuple(day.id for day in self.shown_days), self.empty))

    @property
    def strip_digest(self) -> str:
        """A short mark of the strip of days."""
        return digest_of(tuple((day.id, day.sum_s, day.share, day.shown) for day in self.days))


@dataclass(frozen=True)
class Part:
    """A part of the page to send: the template's name in ``jinja2/web`` and what it prints beside the page."""

    template: str
    values: tuple[tuple[str, object], ...] = ()


def build_head(week: Week, reader: Reader, *, freelancer: bool) -> Head:
    """Return the head. The freelancer also sees what is protected, and why the rest is not."""
    return Head(
        week_start=week.start,
        tracked_s=week.tracked_s,
        rejected_s=week.rejected_s,
        idle_s=week.idle_s,
        amount_minor=week.amount_minor,
        currency=week.currency,
        state=week.state,
        state_name=_state_name(week.state),
        state_words=_state_words(week, reader),
        ready=week.ready,
        not_ready_reason=week.not_ready_reason,
        protection=_protection(week) if freelancer else "",
        other_s=week.other_s,
    )


def _state_name(state: str) -> str:
    names = {
        "open": _("Open"),
        "submitted": _("In review"),
        "charging": _("Being charged"),
        "charged": _("Charged"),
        "failed": _("Payment failed"),
        "closed": _("Closed"),
    }
    return names.get(state, state)


def _state_words(week: Week, reader: Reader) -> str:
    if week.state == "open":
        return _("submits {moment}").format(moment=words.moment_et(week.submit_due, reader.tz))
    if week.state == "submitted":
        return _("until {moment}").format(moment=words.last_minute_et(week.review_ends, reader.tz))
    if week.state == "failed":
        return _("what stands was not paid yet")
    if week.state == "closed":
        return _("nothing to charge")
    return _("review ended {moment}").format(moment=words.last_minute_et(week.review_ends, reader.tz))


def _protection(week: Week) -> str:
    protected = _("Protected: {length}.").format(length=words.precise(week.protected_s))
    parts = [
        _("{length} {reason}").format(length=words.precise(seconds), reason=why)
        for why, seconds in week.unprotected
        if seconds
    ]
    if not parts:
        return protected
    return _("{protected} Not protected: {parts}.").format(protected=protected, parts=", ".join(parts))


def empty_words(week: Week, reader: Reader, now: int, *, freelancer: bool) -> str:
    """Return the one sentence of a week without tiles: why it is empty and what happens next (look.md)."""
    if week.end <= week.job_started:
        return _("The job began later, {moment}.").format(moment=words.moment_et(week.job_started, reader.tz))
    if now < week.start:
        return _("This week has not begun. It starts {moment}.").format(moment=words.moment_et(week.start, reader.tz))
    if now >= week.end:
        return _("Nothing was recorded in this week, so there is nothing to review and nothing is charged.")
    if freelancer:
        return _("Nothing is recorded yet in this week. Start the tracker on this job: time shows here within seconds.")
    return _(
        "Nothing is recorded yet in this week. As soon as the freelancer starts the tracker, time shows here within "
        "seconds and its screenshots a few minutes later."
    )


def changed_parts(page: Page, have: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the parts whose digest differs from what the browser has, the smallest that cover every change."""
    parts = []
    if have.get("totals") != page.head.digest:
        parts.append(Part("totals"))
    if have.get("ready") != page.head.ready_digest:
        parts.append(Part("ready"))
    if have.get("protection") != page.head.protection_digest:
        parts.append(Part("protection"))
    if have.get("other-hours") != page.hours.digest:
        parts.append(Part("hours"))
    if have.get("strip") != page.strip_digest:
        parts.append(Part("strip"))
    if have.get("days") != page.shape:
        return (*parts, Part("days"))
    for day in page.shown_days:
        parts.extend(_changed_in_day(day, have))
    return tuple(parts)


def _changed_in_day(day: Day, have: Mapping[str, str]) -> tuple[Part, ...]:
    if have.get(day.id) != day.shape:
        return (Part("day", (("day", day),)),)
    parts = []
    if have.get(f"{day.id}-head") != day.head_digest:
        parts.append(Part("day_head", (("day", day),)))
    parts.extend(Part("hour", (("hour", hour),)) for hour in day.hours if have.get(hour.id) != hour.digest)
    return tuple(parts)


def parse_have(text: str) -> dict[str, str]:
    """Read the browser's ``id:digest,id:digest``; whatever else it sends counts as having nothing."""
    return dict(pair.split(":", 1) for pair in text.split(",") if ":" in pair)
