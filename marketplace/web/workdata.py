"""Gathers what the Work View page and the viewer show, from the selectors of the rooms, and hands it to the builders.

A fixed number of queries, however many tiles there are. Nothing is computed here that a room below computes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.billing.readiness import decide_for, words_for
from marketplace.disputes.selectors import asked_about
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.jobs.selectors import role_of
from marketplace.timesheets.models import State
from marketplace.timesheets.other_hours import hours_views
from marketplace.timesheets.selectors import Figures, figures
from marketplace.web import words
from marketplace.web.hourspart import build_hours
from marketplace.web.workhead import FAST_POLL_S, REAL_POLL_S, Page, Week, build_head, empty_words
from marketplace.web.workpage import Reader, Source, build_days
from marketplace.workview.selectors import Tile, openings_of, tiles_of_week
from worktime import weeks
from worktime.timesheet import Reason

_REVIEWABLE = frozenset({State.OPEN, State.SUBMITTED})


def work_page(job: Job, week_start: int, viewer: User, zone: str) -> Page:
    """Return the page of ``job`` and the ET week for one of its two people, times in the IANA ``zone``.

    The change counter is read first: what changes while the page is gathered is found by the next look.
    """
    since = Job.objects.values_list("change_counter", flat=True).get(pk=job.pk)
    now = clock.second()
    found = figures(job, week_start, now)
    freelancer = role_of(viewer, job) == "freelancer"
    reader = Reader(zone, may_judge=may_judge(found, freelancer=freelancer))
    tiles = tiles_of_week(job, week_start)
    openings = opening_words(tiles, reader) if freelancer else {}
    asked = asked_about(job)
    sources = [replace(source_of(tile, found, openings), asked=tile.segment.pk in asked) for tile in tiles]
    week = week_of(job, found, now)
    hours = build_hours(
        hours_views(job, week_start),
        week_start,
        submitted=found.state != State.OPEN,
        freelancer=freelancer,
        adds=freelancer and takes_hours(job, week_start, now),
    )
    return Page(
        job_id=job.pk,
        since=since,
        poll_s=FAST_POLL_S if clock.rate() > 1 else REAL_POLL_S,
        head=build_head(week, reader, freelancer=freelancer),
        days=build_days(sources, found.tracked, (found.week_start, found.week_end), reader),
        hours=hours,
        empty="" if sources or hours.rows else empty_words(week, reader, now, freelancer=freelancer),
    )


def takes_hours(job: Job, week_start: int, now: int) -> bool:
    """Tell whether Other hours can be entered for the week: it has begun, and is one of the job's."""
    last = now if job.ended_at is None else min(now, job.ended_at)
    return weeks.week_of(job.started_at) <= week_start <= last


def may_judge(found: Figures, *, freelancer: bool) -> bool:
    """Tell whether the page offers to reject: the services decide again, inside their transaction, when it is done."""
    return not freelancer and (found.state in _REVIEWABLE or found.moved_s > found.restored_s)


def source_of(tile: Tile, found: Figures, openings: Mapping[UUID, str]) -> Source:
    """Return a tile of Work View with what the timesheet says of it."""
    view, segment = tile.view, tile.segment
    stands = found.segment_s.get((view.slot, view.device), 0)
    with_work_view = any(work_view for _start, _end, work_view in segment.spans)
    opened = openings.get(tile.picture) if tile.picture else None
    return Source(
        segment=view.segment,
        slot=view.slot,
        state=view.state,
        tracked_s=view.tracked_s,
        effect_s=stands if with_work_view else 0,
        idle_s=view.idle_s,
        rejected=view.rejected,
        reject_reason=view.reject_reason,
        restored=tile.restored,
        no_picture=view.no_picture,
        picture=tile.picture,
        taken_at=view.taken_at,
        comment=view.comment,
        running=segment.running,
        flat=tile.flat,
        redacted=view.redacted,
        redaction_protects=view.redaction_protects,
        same_as=tile.same_as,
        overlap_s=max(0, view.tracked_s - stands),
        openings=(opened,) if opened else (),
    )


def week_of(job: Job, found: Figures, now: int) -> Week:
    """Return the week's figures with the job's readiness at the second ``now``."""
    readiness = decide_for(job, now)
    return Week(
        start=found.week_start,
        end=found.week_end,
        state=found.state.value,
        submit_due=found.submit_due,
        review_ends=found.review_ends,
        tracked_s=found.tracked_s,
        rejected_s=found.rejected_s,
        idle_s=found.idle_s,
        protected_s=found.protected_s,
        amount_minor=found.amount_minor,
        currency=found.currency,
        authorized_s=found.authorized_s,
        job_started=job.started_at,
        ready=readiness.ready,
        not_ready_reason=words_for(readiness),
        unprotected=(
            *((reason_words(reason), seconds) for reason, seconds in found.unprotected.items()),
            (_("of Other hours"), found.other_s),
        ),
        other_s=found.other_s,
    )


def reason_words(reason: Reason) -> str:
    """Return why seconds are not protected, to follow a duration: "12 min rejected"."""
    return {
        Reason.OVERLAP: _("counted on another device"),
        Reason.REJECTED: _("rejected"),
        Reason.DISPUTED: _("taken off in a dispute"),
        Reason.WORK_VIEW_OFF: _("while Work View was off"),
        Reason.PICTURE_FOLLOWS: _("whose picture follows"),
        Reason.NO_PICTURE: _("without a picture that protects"),
        Reason.NOT_READY: _("while the job was Not Ready"),
        Reason.ABOVE_AUTHORIZED: _("above the authorized hours"),
    }[reason]


def opening_words(tiles: Iterable[Tile], reader: Reader) -> dict[UUID, str]:
    """Return by picture who opened it last, for its freelancer; the viewer's history has all of them."""
    last = {row.picture_id: row for row in openings_of(tile.picture for tile in tiles if tile.picture)}
    return {
        picture: _("Opened by {who}, {when}").format(
            who=row.viewer.shown_name, when=words.moment(row.at, weeks.zone(reader.zone))
        )
        for picture, row in last.items()
    }
