"""A week as a client would find it: three days of work with everything that can stand in a tile."""

from __future__ import annotations

import hashlib
from uuid import UUID

from marketplace.jobs.models import Job
from marketplace.timesheets.services import reject, take_hours
from marketplace.workview.models import Segment
from marketplace.workview.services import Upload, ingest, store_picture
from tests.marketplace.support import DEVICE, WEEK, picture_id
from tests.marketplace.thrift import decoding_once
from tests.marketplace.web.screens import SIZE, screen
from worktime import wire
from worktime.slots import slot_of, slot_start

HOUR = 3600
SECOND_DEVICE = UUID("01930000-0000-7000-8000-0000000000dd")
COMMENTS = (
    "Landing page hero, responsive",
    "Landing page hero, responsive",
    "Tidy the price table and its footnotes on narrow screens, then check the printed version",
    "",
    "Review notes from Tuesday",
    "Deploy preview, fix the build",
)

LONG_NOTE = (
    "Walked through the import on the phone: which columns the old shop exports, what is to become of orders without a "
    "customer, and who checks the first thousand rows."
)


def put(
    job: Job,
    slot: int,
    number: int = 0,
    *,
    shows: int = 0,
    device: UUID = DEVICE,
    picture: bool = True,
    stored: bool = True,
    now: int | None = None,
    **fields: object,
) -> Segment:
    """Record a slot, with a drawn screen as its picture unless told otherwise. ``fields`` as of ``wire.Segment``.

    ``shows``: the number of the picture whose screen had not changed.
    """
    start = slot_start(slot)
    at = now if now is not None else start + 720
    data = screen(shows or number) if picture else b""
    values: dict[str, object] = {"spans": (wire.Span(start, start + 720, True),), "active_s": 60 * (number % 12)}
    if picture:
        values["picture"] = wire.PictureRef(
            id=picture_id(number),
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            width=SIZE[0],
            height=SIZE[1],
            monitors=1,
            taken_at=start + 60 + number * 37 % 600,
        )
    segment = wire.Segment(job=job.pk, slot=slot, revision=1, **{**values, **fields})  # type: ignore[arg-type]
    batch = wire.SegmentBatch(v=1, device=device, segments=(segment,))
    (receipt,) = ingest(person=job.freelancer, batch=batch, now=at)
    assert receipt.outcome is wire.Outcome.STORED, receipt
    if picture and stored:
        sent = Upload(picture_id(number), job.pk, slot, device, hashlib.sha256(data).hexdigest(), data)
        with decoding_once():
            store_picture(person=job.freelancer, upload=sent, now=at)
    return Segment.objects.get(job=job, person=job.freelancer, slot=slot, device=device)


def fill(job: Job, *, hours: int = 2) -> list[Segment]:
    """Record Monday, Tuesday and Wednesday from 7:00 ET, ``hours`` hours each; return the segments with pictures."""
    out, number = [], 100
    for day in range(3):
        first = slot_of(WEEK + day * 24 * HOUR + 7 * HOUR) - (7 if day == 2 else 0)
        for slot in range(first, first + 5 * hours):
            number += 1
            out.append(put(job, slot, number, comment=COMMENTS[number % len(COMMENTS)]))
    return out


def type_in(job: Job, week_start: int, *entries: tuple[int, str], now: int) -> None:
    """Enter Other hours: seconds and a note each."""
    sent = tuple(
        wire.OtherHours(id=picture_id(7000 + number), job=job.pk, week_start=week_start, seconds=seconds, note=note)
        for number, (seconds, note) in enumerate(entries)
    )
    take_hours(person=job.freelancer, batch=wire.OtherHoursBatch(v=1, entries=sent), now=lambda: now)


def fill_everything(job: Job) -> list[Segment]:
    """Record the week, then put one of each state into Tuesday's last hour and Wednesday morning."""
    segments = fill(job)
    tuesday = slot_of(WEEK + 24 * HOUR + 12 * HOUR)
    start = slot_start(tuesday)
    put(job, tuesday, picture=False, no_picture=wire.NoPicture.LOCKED)
    put(job, tuesday + 1, picture=False, spans=(), idle=((start + 720, start + 1440),), no_picture=wire.NoPicture.IDLE)
    put(job, tuesday + 2, picture=False, spans=(), no_picture=wire.NoPicture.DELETED)
    put(job, tuesday + 3, 300, spans=(wire.Span(start + 2160, start + 2591, True),), comment="Price table")
    put(job, tuesday + 4, 301, flags=(wire.Flag.FLAT_PICTURE,))
    put(job, tuesday + 4, 302, device=SECOND_DEVICE, comment="From the laptop")
    wednesday = slot_of(WEEK + 2 * 24 * HOUR + 9 * HOUR + 1800)
    put(job, wednesday, 304, shows=130)
    put(job, wednesday + 1, 303, stored=False)
    put(job, wednesday + 2, picture=False, running=True, comment="Deploy preview, fix the build")
    type_in(
        job, WEEK, (5400, "Kick-off call, and notes of it for the team"), (1453, LONG_NOTE), now=slot_start(wednesday)
    )
    for segment, reason in ((segments[7], "This is another site"), (segments[17], "Not this job")):
        reject(segment=segment, by=job.client, reason=reason, now=lambda: WEEK + 2 * 24 * HOUR + 9 * HOUR)
    return segments
