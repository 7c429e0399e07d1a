"""One tile on a page of its own: the large picture, its details and history, and what can be done about it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from marketplace.disputes.models import CaseKind, Outcome
from marketplace.disputes.selectors import assistance_of
from marketplace.foundation import clock
from marketplace.jobs.selectors import role_of
from marketplace.timesheets.selectors import figures
from marketplace.web import words
from marketplace.web.assistancepart import NOTHING_SAID, Said, build_assistance
from marketplace.web.views.common import Seen, asked_segment, only_reads, person_page, signed_in
from marketplace.web.workdata import may_judge, source_of
from marketplace.web.workpage import Reader, build_tile
from marketplace.web.zone import viewer_zone
from marketplace.workview.models import Segment
from marketplace.workview.selectors import Tile, openings_of, tiles_of_week
from worktime import weeks
from worktime.slots import slot_start


@only_reads
@person_page
def viewer(request: HttpRequest, segment_id: UUID) -> HttpResponseBase:
    """Show a tile of the asker's job, or one in a case to staff. The picture itself is logged as opened when sent."""
    return tile_page(request, asked_segment(request, segment_id))


def tile_page(request: HttpRequest, seen: Seen, said: Said = NOTHING_SAID) -> HttpResponseBase:
    """Return the page of a tile; ``said`` is what was sent from it and could not be taken, with the reason why."""
    who, zone, now = signed_in(request), viewer_zone(request), clock.second()
    job, role = seen.segment.job, role_of(who, seen.segment.job)
    found = figures(job, seen.week_start, now)
    reader = Reader(
        zone, may_judge=role == "client" and may_judge(found, freelancer=False), may_report=role is not None
    )
    tiles = tiles_of_week(job, seen.week_start)
    at = next(index for index, tile in enumerate(tiles) if tile.segment.pk == seen.segment.pk)
    # Staff see the reported tile and not the ones beside it.
    beside = tiles if role else ()
    shown = tiles[at]
    context = {
        "job": job,
        "tile": build_tile(source_of(shown, found, {}), reader),
        "width": shown.segment.picture_width,
        "height": shown.segment.picture_height,
        "day": words.day_name(words.local(slot_start(shown.view.slot), reader.tz).date()),
        "week_name": words.week_name(seen.week_start, weeks.week_end(seen.week_start)),
        "week_url": seen.week_url if role else "",
        "previous": beside[at - 1].segment.pk if beside and at else None,
        "next": beside[at + 1].segment.pk if at + 1 < len(beside) else None,
        "assistance": build_assistance(assistance_of(seen.segment, now), reader, role, said),
        "facts": facts(shown),
        "history": history(shown, reader, for_freelancer=role == "freelancer"),
    }
    return render(request, "web/viewer.html", context, status=422 if said.problem else 200)


def facts(tile: Tile) -> list[tuple[str, str]]:
    """Return the details of a tile: counts only, never which keys, and no score (rules.md, Tracking 9)."""
    segment = tile.segment
    out = [(_("Recorded"), words.exact(segment.tracked_s))]
    if segment.idle_s:
        out.append((_("Idle, taken off"), words.exact(segment.idle_s)))
    # Input is counted in real seconds: beside the many that a fast clock records it would read like a judgement.
    if clock.rate() <= 1:
        out.append((_("With input"), words.exact(segment.active_s)))
    if segment.keys is not None:
        out.append((_("Key presses"), f"{segment.keys:,}"))
    if segment.clicks is not None:
        out.append((_("Clicks"), f"{segment.clicks:,}"))
    if tile.picture:
        size = f"{segment.picture_width} x {segment.picture_height}"
        out.append((_("Picture"), size))
        out.append((_("Monitors"), str(segment.monitors)))
    return out


def history(tile: Tile, reader: Reader, *, for_freelancer: bool) -> list[str]:
    """Return what happened to a tile, oldest first; who opened its picture is for the freelancer."""
    segment, events = tile.segment, []
    if tile.view.taken_at:
        events.append((tile.view.taken_at, _("Screenshot taken")))
    if segment.arrived_at:
        events.append((segment.arrived_at, _("Arrived at the marketplace")))
    events.extend(_judgements(segment))
    if for_freelancer and tile.picture:
        events.extend(
            (row.at, _("Opened by {who}").format(who=row.viewer.shown_name)) for row in openings_of([tile.picture])
        )
    events.sort(key=lambda event: event[0])
    return [f"{words.moment(at, reader.tz)}: {text}" for at, text in events]


def _judgements(segment: Segment) -> list[tuple[int, str]]:
    out = []
    for rejection in segment.rejections.order_by("at"):
        out.append((rejection.at, _("Rejected: {reason}").format(reason=rejection.reason)))
        if rejection.answered_at is not None:
            out.append((rejection.answered_at, _("Answered by the freelancer")))
        if rejection.taken_back_at is not None and not rejection.restored:
            out.append((rejection.taken_back_at, _("Rejection taken back")))
    for case in segment.cases.filter(kind=CaseKind.ASSISTANCE):
        out.append((case.opened_at, _("Assistance asked for")))
        if case.closed_at is not None and case.outcome != Outcome.TAKEN_BACK:
            upheld = case.outcome == Outcome.UPHELD
            out.append((case.closed_at, _("Upheld by the staff") if upheld else _("Restored by the staff")))
    return out
