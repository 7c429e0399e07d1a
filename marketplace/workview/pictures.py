"""Takes in the screenshots that follow their segments, and hands them out to those who may see them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.foundation import storage
from marketplace.jobs.selectors import role_of
from marketplace.jobs.services import touch
from marketplace.workview import bounds, decode
from marketplace.workview.models import Picture, PictureOpening, Segment
from worktime import wire
from worktime.errors import FairhourError, failure
from worktime.wire import Flag

Size = Literal["full", "thumb"]
MAX_TRIES = 5
DAY_S = 86_400


@dataclass(frozen=True)
class Upload:
    """A picture on its way in: which segment it says it belongs to, and its bytes."""

    id: UUID
    job: UUID
    slot: int
    device: UUID
    sha256: str
    data: bytes


@dataclass(frozen=True)
class Opened:
    """A picture on its way out."""

    data: bytes
    content_type: str


def store_picture(*, person: User, upload: Upload, now: int) -> wire.PictureReceipt:
    """Store the screenshot of a stored segment of ``person``; storing it again changes nothing.

    Raises FairhourError: ``segment_first`` (retryable), ``not_wanted`` (deleted, idle or replaced since),
    ``checksum``, ``not_webp``, ``mismatch``, ``picture_quota`` and ``busy`` (both retryable) or ``not_decodable``. A
    picture that equals another one is stored like any other: an unchanged screen gives the same bytes, and
    ``selectors.tiles`` tells so.
    """
    _check_bytes(upload)
    receipt = wire.PictureReceipt(id=upload.id, sha256=upload.sha256, size=len(upload.data))
    segment = _expected(person, upload, lock=False)
    if segment is None:
        return receipt
    _check_quota(person, len(upload.data), now)
    decoded = _decode(segment, upload)
    names = [storage.save(upload.data, ".webp"), storage.save(decoded.thumbnail, ".jpg")]
    kept = False
    try:
        kept = _record(person, upload, decoded, names, now)
    except IntegrityError as error:
        raise FairhourError(bounds.collided()) from error
    finally:
        if not kept:
            for name in names:
                storage.erase(name)
    return receipt


def _check_quota(person: User, size: int, now: int) -> None:
    """Raise FairhourError when ``person`` has sent all the bytes that the marketplace takes in 24 hours."""
    today = Picture.objects.filter(person=person, received_at__gt=now - DAY_S).aggregate(size=Sum("size"))["size"]
    if (today or 0) + size > settings.PICTURE_BYTES_A_DAY:
        raise failure(
            "picture_quota",
            _("Too many screenshots"),
            _("The marketplace takes in %(size)d MB of screenshots of a person a day.")
            % {"size": settings.PICTURE_BYTES_A_DAY // 1_000_000},
            _("Nothing to do: it is kept and sent later."),
            retryable=True,
        )


def _decode(segment: Segment, upload: Upload) -> decode.Decoded:
    """Decode the picture that ``segment`` announced. Raises FairhourError.

    What does not come to an end is tried ``MAX_TRIES`` times, because the machine may be the one to blame.
    """
    try:
        decoded = decode.decode(upload.data)
    except decode.NotDecodedError as error:
        raise _refused("not_decodable", _("The picture cannot be opened: %(why)s.") % {"why": error}) from error
    except decode.BusyError as error:
        raise _busy() from error
    except decode.NotFinishedError as error:
        Segment.objects.filter(pk=segment.pk, picture_id=upload.id).update(picture_tries=F("picture_tries") + 1)
        if segment.picture_tries + 1 < MAX_TRIES:
            raise _busy() from error
        raise _refused("not_decodable", _("Opening the picture takes too much time.")) from error
    if (decoded.width, decoded.height) != (segment.picture_width, segment.picture_height):
        raise _refused("mismatch", _("The picture has another size than the segment announced."))
    return decoded


@transaction.atomic
def _record(person: User, upload: Upload, decoded: decode.Decoded, names: list[str], now: int) -> bool:
    """Write the row; False when another request has done so meanwhile."""
    segment = _expected(person, upload, lock=True)
    if segment is None:
        return False
    Picture.objects.create(
        id=upload.id,
        segment=segment,
        person=person,
        sha256=upload.sha256,
        file=names[0],
        thumbnail=names[1],
        width=decoded.width,
        height=decoded.height,
        size=len(upload.data),
        flat=decoded.flat,
        received_at=now,
    )
    if decoded.flat and Flag.FLAT_PICTURE not in segment.flags:
        segment.flags = sorted([*segment.flags, Flag.FLAT_PICTURE.value])
    if segment.arrived_at is None:
        segment.arrived_at = now
    segment.save(update_fields=["arrived_at", "flags"])
    touch(segment.job_id)
    return True


def open_picture(*, viewer: User, picture_id: UUID, size: Size, now: int) -> Opened:
    """Return a picture for ``viewer``: the job's client or freelancer, or staff when it is in a case.

    Opening it in full is logged, and the freelancer can see who did and when; thumbnails are part of the page.
    Raises FairhourError ``no_such_picture``: the same for what is not there and what is not theirs.
    """
    picture = (
        Picture.objects.filter(pk=picture_id, erased_at__isnull=True)
        .select_related("segment__job", "segment__job__client", "segment__job__freelancer")
        .first()
    )
    if picture is None or not may_see(viewer, picture.segment):
        raise _no_such_picture()
    return _handed_out(picture, viewer, size, now)


def open_own_picture(*, person: User, picture_id: UUID, now: int) -> Opened:
    """Return a picture in full to the freelancer who recorded it, for their tracker; logged like any other opening.

    Raises FairhourError ``picture_erased`` for one of theirs that was erased, and ``no_such_picture`` for all that is
    not theirs: a client looks at pictures on the page, where what a tracker may do does not count.
    """
    picture = Picture.objects.filter(pk=picture_id, person=person, segment__job__freelancer=person).first()
    if picture is None:
        raise _no_such_picture()
    if picture.erased_at is not None:
        raise failure(
            "picture_erased",
            _("Screenshot erased"),
            _("This screenshot was erased at the marketplace: it was deleted, idle or replaced."),
            _("Nothing: it can't be brought back."),
        )
    return _handed_out(picture, person, "full", now)


def _handed_out(picture: Picture, viewer: User, size: Size, now: int) -> Opened:
    """Read a picture and log its opening. Raises FairhourError when its file is gone."""
    try:
        data = storage.read(picture.file if size == "full" else picture.thumbnail)
    except FileNotFoundError as error:
        raise _no_such_picture() from error
    if size == "full":
        PictureOpening.objects.create(picture=picture, viewer=viewer, at=now)
    return Opened(data, "image/webp" if size == "full" else "image/jpeg")


def may_see(viewer: User, segment: Segment) -> bool:
    """Return True for the two people of the job, and for staff once the segment was reported or is in a case."""
    return role_of(viewer, segment.job) is not None or (viewer.is_staff and segment.held)


def _check_bytes(upload: Upload) -> None:
    data = upload.data
    if hashlib.sha256(data).hexdigest() != upload.sha256:
        raise failure(
            "checksum",
            _("The picture was damaged on the way"),
            _("The bytes that arrived are not those that were sent."),
            _("Nothing to do: it is sent again."),
            retryable=True,
        )
    # The one format of the wire, and nothing behind it; all else is refused before a decoder sees it.
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or int.from_bytes(data[4:8], "little") + 8 != len(data):
        raise _refused("not_webp", _("The picture is not a WebP file."))


def _expected(person: User, upload: Upload, *, lock: bool) -> Segment | None:
    """Return the segment that waits for this picture; None when it is stored already. Raises FairhourError."""
    segments = Segment.objects.select_for_update() if lock else Segment.objects.all()
    segment = segments.filter(person=person, job=upload.job, slot=upload.slot, device=upload.device).first()
    if segment is None or (segment.picture_id is None and not segment.no_picture):
        raise failure(
            "segment_first",
            _("The segment has not arrived yet"),
            _("No stored segment speaks of this picture yet."),
            _("Nothing to do: it is sent again after the segment."),
            retryable=True,
        )
    if segment.picture_id != upload.id:
        raise _refused("not_wanted", _("The segment no longer has this picture: it was deleted, idle, or replaced."))
    if (segment.picture_sha256, segment.picture_size) != (upload.sha256, len(upload.data)):
        raise _refused("mismatch", _("The segment announced another picture under this id."))
    stored = Picture.objects.filter(pk=upload.id).first()
    if stored is not None:
        if stored.segment_id == segment.pk and stored.erased_at is None:
            return None
        raise _refused("not_wanted", _("This picture was stored before, and erased."))
    return segment


def _busy() -> FairhourError:
    return failure(
        "busy",
        _("The marketplace is busy"),
        _("It had no time to open the picture."),
        _("Nothing to do: it is sent again later."),
        retryable=True,
    )


def _refused(code: str, message: str) -> FairhourError:
    return failure(
        code,
        _("Screenshot not accepted"),
        message,
        _("It stays on your computer until you discard it; the time itself is recorded."),
    )


def _no_such_picture() -> FairhourError:
    return failure(
        "no_such_picture",
        _("No such screenshot"),
        _("There is no such screenshot, or it is not of one of your jobs."),
        _("Go back to the Work View page."),
    )
