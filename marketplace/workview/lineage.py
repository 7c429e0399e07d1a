"""Whether a revision follows from the one that is stored, and what is told to a tracker whose record went back in time.

A record that was restored from a backup, or copied to a second computer, numbers its revisions without knowing those
that were sent since: a lower number, the same one twice, or a higher one that has forgotten time. Nothing is stored of
such a revision; the tracker gets what is stored and puts both together (docs/decisions/0010-restored-records.md).
"""

from __future__ import annotations

from marketplace.workview.models import Picture, Segment
from worktime import wire
from worktime.intervals import intersect, subtract
from worktime.wire import MAX_SPANS, Flag, NoPicture


def forgets(row: Segment, segment: wire.Segment) -> bool:
    """Tell whether a newer revision lacks counted time, or a picture that is here, without saying what became of it.

    Counted time goes by idle or by deletion, and both are said and for good (rules.md, Idle 1, Tracking 6).
    """
    if intersect(segment.intervals, [(start, end) for start, end in (*row.idle, *row.deleted)]):
        return True
    said = (*segment.intervals, *segment.idle, *segment.deleted)
    if max(len(segment.spans), len(segment.idle), len(segment.deleted)) < MAX_SPANS and subtract(_counted(row), said):
        return True
    if segment.picture is not None or segment.no_picture in (NoPicture.DELETED, NoPicture.IDLE):
        return False
    shows_counted = any(start <= (row.taken_at or 0) <= end for start, end in segment.intervals)
    return shows_counted and is_here(row)


def stored(row: Segment) -> wire.Segment:
    """Return what is stored, as a tracker would have sent it; with the picture only when its bytes are here."""
    picture = None
    if row.picture_id is not None and row.taken_at is not None and is_here(row):
        picture = wire.PictureRef(
            id=row.picture_id,
            sha256=row.picture_sha256,
            size=row.picture_size,
            width=row.picture_width,
            height=row.picture_height,
            monitors=row.monitors,
            taken_at=row.taken_at,
        )
    return wire.Segment(
        job=row.job_id,
        slot=row.slot,
        revision=row.revision,
        spans=tuple(wire.Span(start, end, work_view) for start, end, work_view in row.spans),
        idle=tuple((start, end) for start, end in row.idle),
        deleted=tuple((start, end) for start, end in row.deleted),
        picture=picture,
        no_picture=NoPicture(row.no_picture) if row.no_picture else None,
        running=row.running,
        comment=row.comment,
        active_s=row.active_s,
        keys=row.keys,
        clicks=row.clicks,
        flags=tuple(Flag(flag) for flag in row.flags),
    )


def is_here(row: Segment) -> bool:
    """Tell whether the bytes of the picture that the segment speaks of have come."""
    if row.picture_id is None:
        return False
    return Picture.objects.filter(pk=row.picture_id, segment=row, erased_at__isnull=True).exists()


def _counted(row: Segment) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end, _ in row.spans)
