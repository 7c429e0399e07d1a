"""How a tile is shown: the one place that computes its state. Reads only; sums are in ``timesheets``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, F, Min, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.jobs.models import Job
from marketplace.jobs.selectors import jobs_of
from marketplace.workview.models import Picture, PictureOpening, Rejection, Segment
from worktime.errors import failure
from worktime.slots import slot_of
from worktime.weeks import week_end
from worktime.wire import Flag, NoPicture, TileState, TileView


@dataclass(frozen=True)
class Tile:
    """A segment as it is shown. ``picture`` is the stored screenshot's id; ``view`` goes over the wire as it is.

    ``same_as`` is the slot of the job's first picture with exactly these bytes, None for that one and for all that are
    like no other. It is told to people and nothing is decided by it. ``restored``: staff ended its rejection for good.
    """

    segment: Segment
    view: TileView
    picture: UUID | None
    flat: bool
    same_as: int | None = None
    restored: bool = False


def state_of(segment: Segment, *, has_picture: bool) -> TileState:
    """Return how ``segment`` is shown; ``has_picture`` tells whether its current picture is stored."""
    if segment.no_picture == NoPicture.DELETED and segment.tracked_s == 0:
        return TileState.DELETED
    if segment.tracked_s == 0 and segment.idle_s > 0 and not segment.running:
        return TileState.IDLE
    if segment.no_picture == NoPicture.IDLE and segment.tracked_s == 0:
        return TileState.IDLE
    if segment.no_picture:
        return TileState.NO_PICTURE
    return TileState.PICTURE if has_picture else TileState.PICTURE_FOLLOWS


def tile_of(segment: Segment, rejection: Rejection | None, picture: Picture | None, same_as: int | None = None) -> Tile:
    """Return the tile of a segment with its standing rejection and its stored current picture, if any."""
    view = TileView(
        segment=segment.pk,
        slot=segment.slot,
        device=segment.device,
        state=state_of(segment, has_picture=picture is not None),
        tracked_s=segment.tracked_s,
        idle_s=segment.idle_s,
        rejected=rejection is not None,
        reject_reason=rejection.reason if rejection else "",
        rejected_at=rejection.at if rejection else None,
        no_picture=NoPicture(segment.no_picture) if segment.no_picture else None,
        taken_at=segment.taken_at if segment.picture_id else None,
        comment=segment.comment,
        redacted=segment.redacted if segment.picture_id else 0,
        redaction_protects=segment.redaction_protects,
    )
    return Tile(segment, view, picture.pk if picture else None, Flag.FLAT_PICTURE in segment.flags, same_as)


def tiles(segments: QuerySet[Segment]) -> tuple[Tile, ...]:
    """Return the tiles of segments in the order of their slots, with four queries however many they are."""
    decided = Q(taken_back_at__isnull=True) | Q(restored=True)
    rows = segments.prefetch_related(
        Prefetch("rejections", Rejection.objects.filter(decided), to_attr="decided_rejections"),
        Prefetch("pictures", Picture.objects.filter(erased_at__isnull=True), to_attr="stored_pictures"),
    ).order_by("slot", "device")
    firsts = _first_slots(picture for row in rows if (picture := _current(row)))
    return tuple(_tile(row, firsts) for row in rows)


def tiles_of_week(job: Job, week_start: int) -> tuple[Tile, ...]:
    """Return the tiles of a job in the ET work week that starts at the second ``week_start``."""
    first, last = slot_of(week_start), slot_of(week_end(week_start))
    return tiles(Segment.objects.filter(job=job, slot__gte=first, slot__lt=last))


def segment_for(viewer: User, segment_id: UUID) -> Segment:
    """Return a segment of one of the viewer's jobs (with ``job`` loaded), or one in a case for staff.

    Raises FairhourError: the same for one that is not theirs and one that is not there.
    """
    segments = Segment.objects.select_related("job", "job__client", "job__freelancer")
    segment = segments.filter(pk=segment_id, job__in=jobs_of(viewer).order_by().values("pk")).first()
    if segment is None and viewer.is_staff:
        segment = segments.filter(pk=segment_id, held=True).first()
    if segment is None:
        raise failure(
            "no_such_segment",
            _("No such screenshot"),
            _("There is no such screenshot, or it is not of one of your jobs."),
            _("Go back to the Work View page."),
        )
    return segment


def slots_of(job: Job, segments: Iterable[UUID]) -> dict[UUID, int]:
    """Return the slots of those of ``segments`` that are of ``job``, by segment, with one query."""
    return dict(Segment.objects.filter(job=job, pk__in=list(segments)).values_list("pk", "slot"))


def openings_of(pictures: Iterable[UUID]) -> QuerySet[PictureOpening]:
    """Return who opened these pictures in full and when, oldest first (for the freelancer; rules.md, Work View 5)."""
    return PictureOpening.objects.filter(picture__in=list(pictures)).select_related("viewer").order_by("at", "pk")


Likeness = tuple[UUID, UUID, str]
"""Person, job and hash: pictures that agree in these are equal. Those of another job are not this client's to know."""


def _first_slots(pictures: Iterable[Picture]) -> dict[Likeness, int]:
    """Return the slot in which each of these pictures was first shown, for those that were shown more than once."""
    shown = list(pictures)
    if not shown:
        return {}
    live = Picture.objects.filter(
        person__in={picture.person_id for picture in shown},
        sha256__in={picture.sha256 for picture in shown},
        segment__job__in={picture.segment.job_id for picture in shown},
        erased_at__isnull=True,
        pk=F("segment__picture_id"),
    )
    found = live.values_list("person", "segment__job", "sha256").annotate(first=Min("segment__slot"), all=Count("pk"))
    return {(person, job, sha256): first for person, job, sha256, first, _all in found.filter(all__gt=1)}


def _current(row: Segment) -> Picture | None:
    stored: list[Picture] = row.stored_pictures  # type: ignore[attr-defined]
    return next((picture for picture in stored if picture.pk == row.picture_id), None)


def _tile(row: Segment, firsts: Mapping[Likeness, int]) -> Tile:
    found: list[Rejection] = row.decided_rejections  # type: ignore[attr-defined]
    stands = next((rejection for rejection in found if not rejection.restored), None)
    picture = _current(row)
    first = firsts.get((row.person_id, row.job_id, picture.sha256)) if picture else None
    same_as = first if first is not None and first < row.slot else None
    tile = tile_of(row, stands, picture, same_as)
    return replace(tile, restored=len(found) > (stands is not None))
