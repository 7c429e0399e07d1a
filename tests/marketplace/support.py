"""Values and makers of the marketplace's tests: a fixed week, wire segments, real WebP pictures."""

from __future__ import annotations

import functools
import hashlib
import io
import random
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.test import Client
from PIL import Image

from marketplace.accounts.models import User
from marketplace.accounts.provider import CLIENT_ID, issue_refresh_token
from marketplace.jobs.models import Job
from marketplace.jobs.services import create_job
from marketplace.workview.models import Segment
from marketplace.workview.services import Upload, ingest, store_picture
from tests.marketplace.thrift import decoding_once
from worktime import wire
from worktime.slots import slot_of, slot_start
from worktime.weeks import week_of

_NEW_YORK = ZoneInfo("America/New_York")
WEDNESDAY = int(datetime(2026, 11, 18, 10, 0, tzinfo=_NEW_YORK).timestamp())
"""Wednesday 10:00 ET of the tests' work week; a slot begins there."""
WEEK = week_of(WEDNESDAY)
SLOT = slot_of(WEDNESDAY) - 5
"""The first slot of the hour before ``WEDNESDAY``."""
DEVICE = UUID("01930000-0000-7000-8000-00000000000d")


def new_job(client: User, freelancer: User, title: str = "Second job", **terms: Any) -> Job:
    """Return a job begun with the week, at 30.00 USD an hour and 30 hours a week unless ``terms`` say otherwise."""
    usual: dict[str, Any] = {"currency": "USD", "rate_minor": 3000, "authorized_s": 30 * 3600, "started_at": WEEK}
    return create_job(title=title, client=client, freelancer=freelancer, **(usual | terms))


def picture_id(number: int) -> UUID:
    """Return a fixed UUIDv7 for picture ``number``."""
    return UUID(f"01930000-0000-7000-8000-{number:012x}")


@functools.cache
def webp(seed: int, size: tuple[int, int] = (640, 360)) -> bytes:
    """Return a WebP that differs for each seed and is not of one colour."""
    noise = random.Random(seed).randbytes(64)
    image = Image.frombytes("L", (8, 8), noise).resize(size).convert("RGB")
    out = io.BytesIO()
    image.save(out, "WEBP", quality=60, method=0)
    return out.getvalue()


def reference(
    data: bytes, number: int, slot: int, size: tuple[int, int] = (640, 360), redacted: int = 0
) -> wire.PictureRef:
    """Return what a segment says of a picture."""
    return wire.PictureRef(
        id=picture_id(number),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        width=size[0],
        height=size[1],
        monitors=1,
        taken_at=slot_start(slot) + 300,
        redacted=redacted,
    )


def segment(job: Job, slot: int = SLOT, revision: int = 1, **fields: Any) -> wire.Segment:
    """Return a full slot with Work View on, without picture or reason unless given."""
    start = slot_start(slot)
    fields.setdefault("spans", (wire.Span(start, start + 720, True),))
    if fields.get("no_picture") is wire.NoPicture.DELETED and not fields["spans"]:
        fields.setdefault("deleted", ((start, start + 720),))  # a tracker says what went with the picture
    return wire.Segment(job=job.pk, slot=slot, revision=revision, **fields)


def batch(*segments: wire.Segment, device: UUID = DEVICE) -> wire.SegmentBatch:
    """Return a batch of one device."""
    return wire.SegmentBatch(v=1, device=device, segments=segments)


def record(
    person: User, job: Job, slot: int = SLOT, *, number: int | None = None, now: int = WEDNESDAY, **fields: Any
) -> Segment:
    """Ingest one segment, with its real picture when ``number`` is given, and return its row.

    ``redacted``: hidden areas of that picture.
    """
    device, redacted = fields.pop("device", DEVICE), fields.pop("redacted", 0)
    data = webp(number) if number is not None else b""
    if number is not None:
        fields["picture"] = reference(data, number, slot, redacted=redacted)
    (receipt,) = ingest(person=person, batch=batch(segment(job, slot, **fields), device=device), now=now)
    assert receipt.outcome is wire.Outcome.STORED, receipt
    if number is not None:
        sent = Upload(picture_id(number), job.pk, slot, device, hashlib.sha256(data).hexdigest(), data)
        with decoding_once():
            store_picture(person=person, upload=sent, now=now)
    return Segment.objects.get(job=job, person=person, slot=slot, device=device)


def access_token(user: User) -> str:
    """Return an access token for the tracker of ``user``, fetched from the real token endpoint."""
    answer = token_request(issue_refresh_token(user=user))
    assert answer.status_code == 200, answer.content
    return str(answer.json()["access_token"])


def token_request(refresh_token: str, **more: str) -> Any:
    """Return the token endpoint's answer to a refresh token."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token, "client_id": CLIENT_ID, **more}
    return Client().post("/identity/o/api/token", form)


class Api:
    """An HTTP client that carries a person's token, as the tracker does; ``token``: one that is there already."""

    def __init__(self, user: User | None, token: str = "") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Authorization": f"Bearer {token or access_token(user)}"} if user else {}

    def get(self, path: str) -> Any:
        """GET below /api/v1."""
        return self.client.get(f"/api/v1{path}", headers=self.headers)

    def post(self, path: str, message: wire.SegmentBatch | bytes) -> Any:
        """POST JSON below /api/v1."""
        data = message if isinstance(message, bytes) else wire.encode(message)
        return self.client.post(f"/api/v1{path}", data, content_type="application/json", headers=self.headers)

    def put_picture(self, job: Job, number: int, data: bytes, sha256: str | None = None) -> Any:
        """PUT a picture of ``SLOT`` as the tracker does, with the given hash or the right one."""
        path = f"/api/v1/pictures/{picture_id(number)}?job={job.pk}&slot={SLOT}&device={DEVICE}"
        right = hashlib.sha256(data).hexdigest()
        sent = {**self.headers, "X-Content-SHA256": right if sha256 is None else sha256}
        return self.client.put(path, data, content_type="image/webp", headers=sent)
