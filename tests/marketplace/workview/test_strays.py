"""Files without a row are found and removed on any storage and database, and nothing else is."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import InMemoryStorage

from marketplace import __main__ as command
from marketplace.foundation import storage
from marketplace.jobs.models import Job
from marketplace.workview.models import Picture
from marketplace.workview.services import find_strays, open_picture, remove_strays
from marketplace.workview.strays import Strays
from tests.marketplace.conftest import People
from tests.marketplace.support import WEDNESDAY, picture_id, record
from worktime.errors import FairhourError

pytestmark = pytest.mark.django_db
NOW = datetime.fromtimestamp(WEDNESDAY, UTC) + timedelta(days=3)


def stray(suffix: str, age: timedelta, data: bytes | None = None) -> str:
    """Store a file without a row, as old as that at ``NOW``; if not told, with the bytes of a picture that has one."""
    if data is None:
        row = Picture.objects.exclude(file="").first()
        assert row is not None
        data = storage.read(row.file)
    name = storage.save(data, suffix)
    dated(Path(storage.pictures().path(name)), age)
    return name


def dated(path: Path, age: timedelta) -> None:
    at = (NOW - age).timestamp()
    os.utime(path, (at, at))


@pytest.fixture
def stored(people: People, job: Job) -> Job:
    """A job with a picture of three days ago, its two files as old as that."""
    record(people.freelancer, job, number=1)
    for row in Picture.objects.all():
        for name in (row.file, row.thumbnail):
            dated(Path(storage.pictures().path(name)), timedelta(days=3))
    return job


def test_old_files_without_a_row_are_removed_and_nothing_else(people: People, stored: Job) -> None:
    old = [stray(".webp", timedelta(days=4)), stray(".jpg", timedelta(days=30))]
    young = stray(".webp", timedelta(hours=23))
    root = Path(storage.pictures().path(""))
    others = [root / "readme.webp", root / "ab" / "somebody-elses.webp", root / "lost+found" / f"{'0' * 48}.webp"]
    for path in others:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"not ours")
        dated(path, timedelta(days=30))
    assert sorted(find_strays(now=NOW).copies) == sorted(old)
    assert len(remove_strays(now=NOW).copies) == 2
    assert remove_strays(now=NOW) == Strays((), ())
    assert [storage.pictures().exists(name) for name in [*old, young]] == [False, False, True]
    assert all(path.exists() for path in others)
    assert open_picture(viewer=people.client, picture_id=picture_id(1), size="full", now=WEDNESDAY).data
    assert open_picture(viewer=people.client, picture_id=picture_id(1), size="thumb", now=WEDNESDAY).data


def test_with_another_database_than_the_storages_own_nothing_is_removed(stored: Job) -> None:
    names = [stray(".webp", timedelta(days=4)), stray(".webp", timedelta(days=2))]
    with pytest.raises(FairhourError, match="another_database"):
        remove_strays(now=NOW)
    Picture.objects.all().delete()
    with pytest.raises(FairhourError, match="another_database"):
        remove_strays(now=NOW)
    assert all(storage.pictures().exists(name) for name in names)


def test_after_an_older_database_was_restored_the_only_copies_stay(
    people: People, stored: Job, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = [stray(".webp", timedelta(days=3), b"paid by"), stray(".webp", timedelta(days=2), b"paid by this, too")]
    # Screenshots come again since, newer than all of these.
    Picture.objects.update(received_at=int(datetime.now(UTC).timestamp()))
    copy, thumbnail = stray(".webp", timedelta(days=2)), stray(".jpg", timedelta(days=2), b"made from one")
    found = find_strays(now=NOW)
    assert (sorted(found.copies), sorted(found.unknown)) == (sorted([copy, thumbnail]), sorted(lost))
    monkeypatch.setenv("FAIRHOUR_DATABASE_URL", "postgres://beside-the-workers")
    assert command.main(["sweep"]) == command.main(["sweep", "--remove"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1:] == [
        "2 screenshots that the database does not know would be kept: perhaps the only copies",
        "2 stray files removed",
        "2 screenshots that the database does not know were kept: perhaps the only copies",
    ]
    assert [storage.pictures().exists(name) for name in [*lost, copy, thumbnail]] == [True, True, False, False]
    assert command.main(["sweep", "--remove", "--unknown"]) == 0
    assert capsys.readouterr().out == "2 stray files removed\n"
    assert not any(storage.pictures().exists(name) for name in lost)


def test_what_the_storage_lost_is_no_copy_and_what_was_erased_on_purpose_is(stored: Job) -> None:
    left = stray(".webp", timedelta(days=4))
    row = Picture.objects.get()
    storage.erase(row.file)
    assert find_strays(now=NOW) == Strays((), (left,)), "it can take the place of the one that is gone"
    Picture.objects.update(file="", thumbnail="", erased_at=WEDNESDAY)
    storage.erase(row.thumbnail)
    assert find_strays(now=NOW) == Strays((left,), ())


def test_a_file_newer_than_what_was_erased_is_of_another_screenshot(stored: Job) -> None:
    left = stray(".webp", timedelta(days=2))
    row = Picture.objects.get()
    for name in (row.file, row.thumbnail):
        storage.erase(name)
    Picture.objects.update(file="", thumbnail="", erased_at=WEDNESDAY)
    # Screenshots came since.
    Picture.objects.create(
        **{field: getattr(row, field) for field in ("segment", "person", "width", "height", "size")},
        id=picture_id(2),
        sha256="0" * 64,
        file="",
        received_at=int(NOW.timestamp()),
        erased_at=int(NOW.timestamp()),
    )
    assert find_strays(now=NOW) == Strays((), (left,))
    Picture.objects.filter(pk=row.pk).update(received_at=int((NOW - timedelta(days=2)).timestamp()))
    assert find_strays(now=NOW) == Strays((left,), ())


def test_a_storage_that_was_never_used_has_none(db: None) -> None:
    assert find_strays(now=NOW) == Strays((), ())


def test_the_command_counts_and_removes_only_when_told(
    stored: Job, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = stray(".webp", timedelta(days=4))
    Picture.objects.update(received_at=int(datetime.now(UTC).timestamp()))
    monkeypatch.setenv("FAIRHOUR_DATABASE_URL", "postgres://beside-the-workers")
    assert command.main(["sweep"]) == 0
    assert "found; nothing was removed" in capsys.readouterr().out
    assert storage.pictures().exists(name)
    assert command.main(["sweep", "--unknown"]) == 1
    assert "without --remove" in capsys.readouterr().err
    assert command.main(["sweep", "--remove"]) == 0
    assert not storage.pictures().exists(name)
    stray(".webp", timedelta(days=4))
    Picture.objects.all().delete()
    assert command.main(["sweep", "--remove"]) == 1
    assert "Not the database of these screenshots" in capsys.readouterr().err


def test_an_object_storage_is_swept_too(stored: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    store = InMemoryStorage()
    monkeypatch.setattr(storage, "pictures", lambda: store)
    name, lost = storage.save(b"left by a kill", ".jpg"), storage.save(b"paid by", ".webp")
    later = datetime.now(UTC) + timedelta(days=2)
    Picture.objects.update(received_at=int(later.timestamp()))
    assert remove_strays(now=later) == Strays((name,), (lost,))
    assert [store.exists(each) for each in (name, lost)] == [False, True]


def test_a_file_that_goes_while_it_is_looked_at_stops_no_sweep(stored: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    old, gone = stray(".webp", timedelta(days=4)), stray(".webp", timedelta(days=4))
    store = storage.pictures()
    asked = store.get_modified_time

    def get_modified_time(name: str) -> datetime:
        if name == gone:
            store.delete(name)
        return asked(name)

    monkeypatch.setattr(store, "get_modified_time", get_modified_time)
    assert find_strays(now=NOW).copies == (old,)
