"""Screenshots: in, refused, erased, and shown to whom."""

from __future__ import annotations

import hashlib
import io
import os
import random
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import InMemoryStorage
from django.db import connection
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from marketplace.accounts.models import User
from marketplace.foundation import storage
from marketplace.jobs.models import Job
from marketplace.timesheets.selectors import figures
from marketplace.timesheets.services import record_readiness
from marketplace.workview import decode, erasure, pictures
from marketplace.workview.models import Picture, PictureOpening, Segment
from marketplace.workview.selectors import openings_of, tiles_of_week
from marketplace.workview.services import Upload, hold, ingest, open_picture, store_picture, sweep_orphans
from tests.marketplace.conftest import People
from tests.marketplace.support import (
    DEVICE,
    SLOT,
    WEDNESDAY,
    WEEK,
    batch,
    new_job,
    picture_id,
    record,
    reference,
    segment,
    webp,
)
from worktime import wire
from worktime.errors import FairhourError
from worktime.slots import slot_start
from worktime.wire import NoPicture, TileState

pytestmark = pytest.mark.django_db


def upload(job: Job, number: int = 1, slot: int = SLOT, data: bytes | None = None) -> Upload:
    content = webp(number) if data is None else data
    return Upload(picture_id(number), job.pk, slot, DEVICE, hashlib.sha256(content).hexdigest(), content)


def announce(people: People, job: Job, number: int, data: bytes, slot: int = SLOT, revision: int = 1) -> None:
    sent = segment(job, slot, revision, picture=reference(data, number, slot))
    ingest(person=people.freelancer, batch=batch(sent), now=WEDNESDAY)


def refusal(people: People, sent: Upload, now: int = WEDNESDAY) -> tuple[str, bool]:
    with pytest.raises(FairhourError) as caught:
        store_picture(person=people.freelancer, upload=sent, now=now)
    return caught.value.problem.code, caught.value.problem.retryable


def bomb() -> bytes:
    """Return a few bytes that say they are 16383 x 16383 pixels (the 28 bits after a lossless WebP's signature)."""
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(out, "WEBP", lossless=True)
    data = bytearray(out.getvalue())
    at = data.index(b"VP8L") + 9
    data[at : at + 4] = (16382 | 16382 << 14).to_bytes(4, "little")
    return bytes(data)


def files() -> list[Path]:
    return [path for path in Path(storage.pictures().path("")).rglob("*") if path.is_file()]


def test_a_picture_follows_its_segment(people: People, job: Job) -> None:
    announce(people, job, 1, webp(1))
    assert [tile.view.state for tile in tiles_of_week(job, WEEK)] == [TileState.PICTURE_FOLLOWS]
    receipt = store_picture(person=people.freelancer, upload=upload(job), now=WEDNESDAY + 5)
    assert (receipt.id, receipt.size) == (picture_id(1), len(webp(1)))
    (tile,) = tiles_of_week(job, WEEK)
    assert (tile.view.state, tile.picture) == (TileState.PICTURE, picture_id(1))
    assert Segment.objects.get().arrived_at == WEDNESDAY + 5
    stored = Picture.objects.get()
    assert (stored.width, stored.height) == (640, 360)
    assert storage.read(stored.file) == webp(1)


def test_storing_again_changes_nothing(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    before = sorted(files())
    store_picture(person=people.freelancer, upload=upload(job), now=WEDNESDAY + 9)
    assert sorted(files()) == before
    assert Picture.objects.get().received_at == WEDNESDAY


def test_files_are_the_owners_alone_and_no_name_can_be_guessed(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    full, thumbnail = files()
    assert {path.stat().st_mode & 0o777 for path in (full, thumbnail)} == {0o600}
    assert str(picture_id(1)) not in f"{full}{thumbnail}"


def test_the_segment_comes_first(people: People, job: Job) -> None:
    assert refusal(people, upload(job)) == ("segment_first", True)
    ingest(person=people.freelancer, batch=batch(segment(job, running=True)), now=WEDNESDAY)
    assert refusal(people, upload(job)) == ("segment_first", True)
    assert files() == []


@pytest.mark.parametrize("reason", [NoPicture.DELETED, NoPicture.IDLE])
def test_what_was_deleted_or_idle_is_erased_everywhere_and_never_taken_again(
    people: People, job: Job, reason: NoPicture, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    record(people.freelancer, job, number=1)
    start = slot_start(SLOT)
    idle = ((start, start + 720),) if reason is NoPicture.IDLE else ()
    with django_capture_on_commit_callbacks(execute=True):
        sent = segment(job, revision=2, spans=(), idle=idle, no_picture=reason)
        ingest(person=people.freelancer, batch=batch(sent), now=WEDNESDAY)
    assert files() == []
    picture = Picture.objects.get()
    assert (picture.file, picture.thumbnail, picture.sha256) == ("", "", hashlib.sha256(webp(1)).hexdigest())
    assert refusal(people, upload(job)) == ("not_wanted", False)
    (tile,) = tiles_of_week(job, WEEK)
    assert tile.view.state is (TileState.IDLE if reason is NoPicture.IDLE else TileState.DELETED)
    assert tile.picture is None


def test_a_picture_that_replaces_another_erases_it(
    people: People, job: Job, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    record(people.freelancer, job, number=1)
    with django_capture_on_commit_callbacks(execute=True):
        announce(people, job, 2, webp(2), revision=2)
    assert files() == []
    store_picture(person=people.freelancer, upload=upload(job, 2), now=WEDNESDAY)
    assert [tile.picture for tile in tiles_of_week(job, WEEK)] == [picture_id(2)]


def test_files_that_could_not_be_removed_are_removed_by_the_clock(
    people: People,
    job: Job,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    record(people.freelancer, job, number=1)

    def away(name: str) -> None:
        raise OSError(name)

    with monkeypatch.context() as patch:
        patch.setattr(storage, "erase", away)
        with django_capture_on_commit_callbacks(execute=True):
            sent = segment(job, revision=2, spans=(), no_picture=NoPicture.DELETED)
            ingest(person=people.freelancer, batch=batch(sent), now=WEDNESDAY)
    assert len(files()) == 2
    assert erasure.erase_due() == 1
    assert files() == []


def send_equal(people: People, job: Job, number: int, slot: int) -> None:
    """Send picture 1's bytes again, as picture ``number`` of ``slot``."""
    announce(people, job, number, webp(1), slot=slot)
    store_picture(person=people.freelancer, upload=upload(job, number, slot, webp(1)), now=WEDNESDAY)


def same_as(job: Job) -> list[int | None]:
    return [tile.same_as for tile in tiles_of_week(job, WEEK)]


def test_a_screen_that_did_not_change_arrives_each_time_and_the_first_is_named(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    send_equal(people, job, 2, SLOT + 1)
    record(people.freelancer, job, SLOT + 2, number=3)
    send_equal(people, job, 4, SLOT + 3)
    assert [tile.view.state for tile in tiles_of_week(job, WEEK)] == [TileState.PICTURE] * 4
    assert Segment.objects.filter(arrived_at=WEDNESDAY).count() == 4
    assert same_as(job) == [None, SLOT, None, SLOT]


def test_the_first_may_be_of_an_earlier_week(people: People, job: Job) -> None:
    Job.objects.update(started_at=WEEK - 7 * 86_400)
    record(people.freelancer, job, SLOT - 7 * 120, number=1)
    send_equal(people, job, 2, SLOT)
    assert same_as(job) == [SLOT - 7 * 120]


def test_when_the_first_is_erased_the_next_is_the_first(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    send_equal(people, job, 2, SLOT + 1)
    send_equal(people, job, 3, SLOT + 2)
    ingest(
        person=people.freelancer,
        batch=batch(segment(job, revision=2, spans=(), no_picture=NoPicture.DELETED)),
        now=WEDNESDAY,
    )
    assert same_as(job) == [None, None, SLOT + 1]


def test_pictures_of_other_people_and_of_other_jobs_are_not_compared(people: People, job: Job, other_job: Job) -> None:
    record(people.other, other_job, SLOT - 1, number=7)
    mine = new_job(people.stranger, people.freelancer)
    for number, slot, where in ((8, SLOT, mine), (9, SLOT + 1, job)):
        announce(people, where, number, webp(7), slot=slot)
        store_picture(person=people.freelancer, upload=upload(where, number, slot, webp(7)), now=WEDNESDAY)
    assert (same_as(other_job), same_as(mine), same_as(job)) == ([None], [None], [None])


def test_a_picture_id_that_is_another_segments_or_somebody_elses_is_refused(
    people: People, job: Job, other_job: Job
) -> None:
    record(people.freelancer, job, number=1)
    record(people.other, other_job, number=2)
    for number in (1, 2):
        announce(people, job, number, webp(number), slot=SLOT + number)
        assert refusal(people, upload(job, number, SLOT + number)) == ("not_wanted", False)
    assert Picture.objects.count() == 2


def test_the_same_segment_may_draw_an_equal_picture_again(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    announce(people, job, 2, webp(1), revision=2)
    store_picture(person=people.freelancer, upload=upload(job, 2, data=webp(1)), now=WEDNESDAY)
    assert [tile.picture for tile in tiles_of_week(job, WEEK)] == [picture_id(2)]


def test_damaged_foreign_and_unannounced_bytes_are_refused(people: People, job: Job) -> None:
    announce(people, job, 1, webp(1))
    assert refusal(people, replace(upload(job), data=webp(2))) == ("checksum", True)
    assert refusal(people, upload(job, data=b"\x89PNG\r\n\x1a\n" + b"0" * 99)) == ("not_webp", False)
    assert refusal(people, upload(job, data=webp(3))) == ("mismatch", False)
    assert refusal(people, upload(job, number=7)) == ("not_wanted", False)
    assert files() == []


def test_truncated_pictures_leave_nothing_behind(people: People, job: Job) -> None:
    whole = webp(1)
    body = whole[12 : len(whole) // 2]
    data = b"RIFF" + (4 + len(body)).to_bytes(4, "little") + b"WEBP" + body
    announce(people, job, 1, data)
    assert refusal(people, upload(job, data=data)) == ("not_decodable", False)
    assert files() == []


def test_a_bomb_is_refused_before_it_is_decoded(people: People, job: Job) -> None:
    announce(people, job, 1, bomb())
    assert refusal(people, upload(job, data=bomb())) == ("not_decodable", False)
    with pytest.raises(decode.NotDecodedError, match="bomb"):
        decode.decode(bomb())


def test_the_decoder_lives_within_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: without the pixel bound it is the memory limit that refuses."""
    monkeypatch.setattr(wire, "MAX_PICTURE_PIXELS", 10**9)
    with pytest.raises(decode.NotDecodedError, match=r"Memory|could not|failed"):
        decode.decode(bomb())


@pytest.mark.parametrize("options", [{"lossless": True, "method": 0}, {"quality": 20, "method": 2}])
def test_the_largest_picture_that_may_be_sent_decodes_within_its_limits(options: dict[str, Any]) -> None:
    """Two 4K screens in as many bytes as an upload may have: the memory limit holds the data besides the pixels."""
    size = (7680, 2160)
    bits = 0xFF if "quality" in options else 0x0F
    noise = random.Random(1).randbytes(size[0] * size[1] * 3).translate(bytes(value & bits for value in range(256)))
    picture = Image.frombytes("RGB", size, noise)
    if "lossless" in options:
        # Twelve bits a pixel where it is noise, so only a part of it may be.
        picture.paste("teal", (0, 0, 5300, size[1]))
    out = io.BytesIO()
    picture.save(out, "WEBP", **options)
    assert 0.85 * wire.MAX_PICTURE_BYTES < out.tell() <= wire.MAX_PICTURE_BYTES
    assert decode.decode(out.getvalue())[:2] == size


def test_pixels_above_the_bound_are_refused() -> None:
    with pytest.raises(decode.NotDecodedError, match="bomb"):
        decode.decode(webp(1, (7680, 2162)))


def test_only_the_two_people_of_the_job_see_it(people: People, job: Job) -> None:
    row = record(people.freelancer, job, number=1)

    def sees(viewer: User) -> bool:
        try:
            opened = open_picture(viewer=viewer, picture_id=picture_id(1), size="full", now=WEDNESDAY)
        except FairhourError as error:
            assert error.problem.code == "no_such_picture"  # noqa: PT017 - the only way to be refused
            return False
        return opened.data == webp(1) and opened.content_type == "image/webp"

    seen = {name: sees(getattr(people, name)) for name in ("client", "freelancer", "other", "stranger", "staff")}
    assert seen == {"client": True, "freelancer": True, "other": False, "stranger": False, "staff": False}
    hold(segment=row, held=True)
    assert sees(people.staff)


def test_opening_in_full_is_logged_and_thumbnails_are_not(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    open_picture(viewer=people.client, picture_id=picture_id(1), size="thumb", now=WEDNESDAY)
    assert not PictureOpening.objects.exists()
    open_picture(viewer=people.client, picture_id=picture_id(1), size="full", now=WEDNESDAY + 7)
    (opening,) = openings_of([picture_id(1)])
    assert (opening.viewer, opening.at) == (people.client, WEDNESDAY + 7)


def test_a_picture_whose_file_is_gone_is_not_there(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    for path in files():
        path.unlink()
    with pytest.raises(FairhourError, match="no_such_picture"):
        open_picture(viewer=people.client, picture_id=picture_id(1), size="full", now=WEDNESDAY)


@pytest.fixture
def orphan() -> Path:
    """A file without a row, two days old."""
    name = storage.save(b"left by a crash", ".webp")
    path = Path(storage.pictures().path(name))
    os.utime(path, (TODAY - 2 * 86_400, TODAY - 2 * 86_400))
    return path


TODAY = 1_800_000_000
needs_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="only the embedded marketplace sweeps")


@needs_sqlite
def test_files_without_a_row_are_put_aside_and_others_kept(people: People, job: Job, orphan: Path) -> None:
    record(people.freelancer, job, number=1)
    for path in files():
        os.utime(path, (TODAY - 2 * 86_400, TODAY - 2 * 86_400))
    young = Path(storage.pictures().path(storage.save(b"of a minute ago", ".webp")))
    os.utime(young, (TODAY - 60, TODAY - 60))
    assert sweep_orphans(now=TODAY) == 1
    aside = Path(storage.pictures().path("")).parent / "pictures-aside" / orphan.parent.name / orphan.name
    assert (aside.read_bytes(), orphan.exists(), young.exists()) == (b"left by a crash", False, True)
    assert open_picture(viewer=people.client, picture_id=picture_id(1), size="thumb", now=WEDNESDAY).data
    assert sweep_orphans(now=TODAY) == 0


@needs_sqlite
def test_with_a_database_that_knows_no_picture_nothing_is_swept(orphan: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert sweep_orphans(now=TODAY) == 0
    assert orphan.exists()
    assert "is it the right one?" in caplog.text


def test_a_folder_that_others_share_is_not_swept(
    people: People, job: Job, orphan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(people.freelancer, job, number=1)
    monkeypatch.setattr(connection, "vendor", "postgresql")
    assert sweep_orphans(now=TODAY) == 0
    assert orphan.exists()


def test_an_object_storage_is_not_swept(people: People, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    record(people.freelancer, job, number=1)
    monkeypatch.setattr(storage, "pictures", InMemoryStorage)
    assert sweep_orphans(now=TODAY) == 0


def unfinished(data: bytes) -> decode.Decoded:
    raise decode.NotFinishedError


def test_a_picture_whose_decoding_does_not_end_is_tried_again_and_not_for_ever(
    people: People, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(people, job, 1, webp(1))
    with monkeypatch.context() as patch:
        patch.setattr(decode, "decode", unfinished)
        tries = [refusal(people, upload(job)) for _ in range(pictures.MAX_TRIES)]
    assert tries == [("busy", True)] * (pictures.MAX_TRIES - 1) + [("not_decodable", False)]
    announce(people, job, 2, webp(2), revision=2)
    monkeypatch.setattr(decode, "decode", unfinished)
    assert refusal(people, upload(job, 2)) == ("busy", True)


def test_a_picture_is_stored_once_the_machine_has_time(
    people: People, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(people, job, 1, webp(1))
    with monkeypatch.context() as patch:
        patch.setattr(decode, "MAX_CPU_S", 0)
        patch.setattr(decode, "MAX_WALL_S", 0)
        assert refusal(people, upload(job)) == ("busy", True)
    store_picture(person=people.freelancer, upload=upload(job), now=WEDNESDAY)
    assert Picture.objects.exists()


def test_a_decoder_that_a_signal_ended_has_not_judged_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    killed = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"]
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda _command, **options: run(killed, **options))
    with pytest.raises(decode.NotFinishedError):
        decode.decode(webp(1))


def test_no_more_pictures_are_decoded_at_a_time_than_there_are_processors(
    people: People, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(people, job, 1, webp(1))
    places = threading.BoundedSemaphore(1)
    monkeypatch.setattr(decode, "_places", places)
    monkeypatch.setattr(decode, "MAX_QUEUE_S", 0)
    with places:
        # Not tried, so it is not counted as a try either.
        assert [refusal(people, upload(job)) for _ in range(pictures.MAX_TRIES)] == [("busy", True)] * 5
    store_picture(person=people.freelancer, upload=upload(job), now=WEDNESDAY)


def flat_webp(colour: str, size: tuple[int, int] = (640, 360)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "WEBP")
    return out.getvalue()


@pytest.mark.parametrize("colour", ["black", "#7799bb"])
def test_the_marketplace_itself_sees_that_a_picture_shows_one_colour(people: People, job: Job, colour: str) -> None:
    record_readiness(job=job, ready=True, reason="", now=WEEK)
    data = flat_webp(colour)
    announce(people, job, 1, data)
    store_picture(person=people.freelancer, upload=upload(job, data=data), now=WEDNESDAY)
    assert [tile.flat for tile in tiles_of_week(job, WEEK)] == [True]
    announce(people, job, 1, data, revision=2)
    assert [tile.flat for tile in tiles_of_week(job, WEEK)] == [True]
    assert figures(job, WEEK, WEDNESDAY).protected_s == 0


def test_a_picture_of_another_size_than_announced_is_refused(people: People, job: Job) -> None:
    data = webp(1, (64, 36))
    announce(people, job, 1, data)
    assert refusal(people, upload(job, data=data)) == ("mismatch", False)
    assert files() == []


def test_nothing_may_stand_behind_the_picture(people: People, job: Job) -> None:
    data = webp(1) + b"\0"
    announce(people, job, 1, data)
    assert refusal(people, upload(job, data=data)) == ("not_webp", False)


def test_a_person_sends_no_more_bytes_a_day_than_the_quota(people: People, job: Job, settings: Settings) -> None:
    settings.PICTURE_BYTES_A_DAY = max(len(webp(1)), len(webp(2))) + 5
    record(people.freelancer, job, number=1)
    announce(people, job, 2, webp(2), slot=SLOT + 1)
    assert refusal(people, upload(job, 2, SLOT + 1)) == ("picture_quota", True)
    store_picture(person=people.freelancer, upload=upload(job, 1), now=WEDNESDAY)
    store_picture(person=people.freelancer, upload=upload(job, 2, SLOT + 1), now=WEDNESDAY + 86_400)
