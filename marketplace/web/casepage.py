"""The staff's list of cases and the page of one: who is in it, what each side says, and what a decision would do.

Gathers from the selectors; what a decision does is decided in ``disputes`` and ``timesheets``.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.disputes.models import Case, CaseKind, CaseState, Outcome
from marketplace.foundation import clock
from marketplace.jobs.selectors import role_of
from marketplace.timesheets.models import State
from marketplace.timesheets.selectors import Figures, figures
from marketplace.timesheets.services import Restored, would_restore
from marketplace.web import words
from marketplace.web.assistancepart import Text
from marketplace.web.workdata import source_of
from marketplace.web.workpage import Reader, Tile, build_tile
from marketplace.workview.selectors import tiles
from worktime import weeks
from worktime.slots import slot_end, slot_start


@dataclass(frozen=True)
class Listed:
    """A case as it stands in the list; ``decided`` is "" while it is open."""

    id: UUID
    title: str
    facts: str
    reason: str
    decided: str


@dataclass(frozen=True)
class CasePage:
    """The page of a case. ``tile`` is there while it is open: a decided case is no reason to look at pictures.

    ``may_decide``: it is open, and its reader is on neither side of its job.
    ``restore`` names what restoring does, and ``effect`` where its time would go; both "" for a report.
    """

    id: UUID
    title: str
    assistance: bool
    is_open: bool
    may_decide: bool
    segment: UUID
    facts: tuple[tuple[str, str], ...]
    texts: tuple[Text, ...]
    tile: Tile | None
    size: tuple[int, int]
    restore: str
    effect: str


def listed(case: Case, zone: str) -> Listed:
    """Return a case for the list, its times in the IANA ``zone``."""
    tz, job = weeks.zone(zone), case.segment.job
    if case.kind == CaseKind.ASSISTANCE:
        sentence = _("{job}, {client} and {freelancer}. Asked by {who}, {when}, about the tile of {slot}.")
    else:
        sentence = _("{job}, {client} and {freelancer}. Reported by {who}, {when}, about the tile of {slot}.")
    facts = sentence.format(
        job=job.title,
        client=job.client.shown_name,
        freelancer=job.freelancer.shown_name,
        who=case.reporter.shown_name,
        when=words.moment(case.opened_at, tz),
        slot=words.moment(slot_start(case.segment.slot), tz),
    )
    return Listed(case.pk, str(CaseKind(case.kind).label), facts, case.reason, _decided(case, zone))


def case_page(case: Case, viewer: User, zone: str) -> CasePage:
    """Return the page of a case for ``viewer`` of the staff, its times in the IANA ``zone``."""
    segment, reader = case.segment, Reader(zone, may_report=False)
    week = weeks.week_of(slot_start(segment.slot))
    now = clock.second()
    found = figures(segment.job, week, now)
    is_open, assistance = case.state == CaseState.OPEN, case.kind == CaseKind.ASSISTANCE
    (shown,) = tiles(type(segment).objects.filter(pk=segment.pk))
    source = source_of(shown, found, {})
    may_decide = is_open and role_of(viewer, segment.job) is None
    effect = would_restore(rejection=case.rejection, now=now) if may_decide and case.rejection is not None else None
    return CasePage(
        id=case.pk,
        title=str(CaseKind(case.kind).label),
        assistance=assistance,
        is_open=is_open,
        may_decide=may_decide,
        segment=segment.pk,
        facts=_facts(case, found, reader),
        texts=_texts(case, reader),
        tile=build_tile(source, reader) if is_open else None,
        size=(segment.picture_width, segment.picture_height),
        restore=_("Restore {figure}").format(figure=words.exact(effect.now_s + effect.later_s)) if effect else "",
        effect=_effect(effect) if effect else "",
    )


def _facts(case: Case, found: Figures, reader: Reader) -> tuple[tuple[str, str], ...]:
    segment, job = case.segment, case.segment.job
    start, end = slot_start(segment.slot), slot_end(segment.slot)
    facts = [
        (_("Job"), job.title),
        (_("Client"), job.client.shown_name),
        (_("Freelancer"), job.freelancer.shown_name),
        (
            _("Tile"),
            _("{start} to {end}").format(start=words.moment(start, reader.tz), end=words.clock(end, reader.tz)),
        ),
        (_("Recorded"), words.exact(segment.tracked_s)),
        (_("Timesheet"), _week_words(found)),
        (_("Opened"), f"{case.reporter.shown_name}, {words.moment(case.opened_at, reader.tz)}"),
    ]
    if case.state == CaseState.CLOSED:
        facts.append((_("Decided"), _decided(case, reader.zone)))
    return tuple(facts)


def _week_words(found: Figures) -> str:
    name = words.week_name(found.week_start, found.week_end)
    return f"{name}, {State(found.state).label}"


def _texts(case: Case, reader: Reader) -> tuple[Text, ...]:
    rejection, texts = case.rejection, []
    if case.segment.comment:
        texts.append(Text(_("The freelancer's comment on the screenshot"), case.segment.comment))
    if rejection is not None:
        when = words.moment(rejection.at, reader.tz)
        texts.append(Text(_("The client rejected it, {when}").format(when=when), rejection.reason))
        if rejection.answered_at is not None:
            when = words.moment(rejection.answered_at, reader.tz)
            texts.append(Text(_("The freelancer answered, {when}").format(when=when), rejection.answer))
        texts.append(Text(_("The freelancer asks for assistance"), case.reason))
    else:
        texts.append(Text(_("The report"), case.reason))
    if case.state == CaseState.CLOSED:
        texts.append(Text(_("The decision"), case.decision))
    return tuple(texts)


def _effect(effect: Restored) -> str:
    """Say where restored time would go: what counts is which timesheets hold it, not in which week it was worked."""
    if not effect.later_s:
        return _("The timesheet is not charged yet: restored time stands on it again at once.")
    if not effect.now_s:
        return _("The timesheet can't be changed any more: restored time goes on the next one, as an adjustment.")
    return _(
        "{later} are on a timesheet that can't be changed any more: restored, they go on the next one, as an "
        "adjustment. {now} stand again at once."
    ).format(later=words.exact(effect.later_s), now=words.exact(effect.now_s))


def _decided(case: Case, zone: str) -> str:
    if case.closed_at is None or case.decided_by is None:
        return ""
    outcome = str(Outcome(case.outcome).label) if case.outcome else _("Closed")
    return _("{outcome} by {who}, {when}").format(
        outcome=outcome, who=case.decided_by.shown_name, when=words.moment(case.closed_at, weeks.zone(zone))
    )
