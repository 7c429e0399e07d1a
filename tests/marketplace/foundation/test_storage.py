"""Pictures are on the disk before anybody is told that they were stored."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from marketplace.foundation import storage

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at what was synced through /proc")


def test_a_picture_and_the_names_that_lead_to_it_are_forced_to_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    fsync = os.fsync

    def recorded(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", recorded)
    name = storage.save(b"picture", ".webp")
    stored = Path(storage.pictures().path(name))
    assert synced == [stored, stored.parent, stored.parent.parent]
    assert storage.read(name) == b"picture"
    storage.erase(name)


def test_a_disk_that_does_not_take_it_keeps_nothing_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(storage.pictures().path("."))

    def files() -> set[Path]:
        return {path for path in folder.rglob("*") if path.is_file()}

    def failing(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    before = files()
    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(OSError, match="Input/output error"):
        storage.save(b"picture", ".webp")
    assert files() == before
