"""The tick record: how far the open stay has come, overwritten in place each second.

One file of two pages that never grows, each page with two copies, each copy with a number and a checksum. Seconds go
into one page, its copies by turns, until that page has been forced to the disk; then into the other one. So a write
that is cut, by a kill or by the power, leaves the copy before it whole, and the page that the disk has for certain is
never touched before the other one is there, too. One page each ``BARRIER_S`` is all that is written (1.5 MB an hour),
and a full disk does not stop it. A kill loses nothing that was written; a power cut at most what came after the last
barrier (reliability.md, promise 1).
"""

from __future__ import annotations

import os
import struct
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from sync.files import sync_folder
from worktime.observations import Progress

BARRIER_S = 10.0
_PAGE_BYTES = 4096
_COPY_BYTES = 2048
_FILE_BYTES = 2 * _PAGE_BYTES
_HEAD = struct.Struct("<4sIQI")
_MAGIC = b"FHT1"
_decoder = msgspec.json.Decoder(Progress)
_sync_data: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)


class TickRecord:
    """The newest Progress, on disk. Not thread-safe: written by the recorder's thread alone."""

    def __init__(self, path: Path, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        # Owner alone, from the first byte on.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._file = os.fdopen(descriptor, "r+b", buffering=0)
        # Page by page and without reading ahead: Linux 6.16 and newer would keep both pages as one, and write both.
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_RANDOM)
        if path.stat().st_size < _FILE_BYTES:
            raw = self._file.read(_FILE_BYTES).ljust(_FILE_BYTES, b"\0")
            self._file.seek(0)
            self._file.write(raw[:_PAGE_BYTES])
            self._file.write(raw[_PAGE_BYTES:])
            os.fsync(descriptor)
            sync_folder(path.parent)
        self._number, self.latest, place = self._read()
        # What was read may not be on the disk for certain, so it is forced there before its page is left.
        self._page = place // _PAGE_BYTES
        self._synced_at = monotonic()
        self._forced = False

    def write(self, progress: Progress) -> None:
        """Overwrite the older copy of the page in turn. Raises OSError."""
        if self._forced:
            self._page, self._forced = 1 - self._page, False
        number = self._number + 1
        payload = msgspec.json.encode(progress)
        head = _HEAD.pack(_MAGIC, zlib.crc32(payload, number & 0xFFFFFFFF), number, len(payload))
        place = self._page * _PAGE_BYTES + number % 2 * _COPY_BYTES
        if sys.platform != "win32":
            os.pwrite(self._file.fileno(), head + payload, place)
        else:
            self._file.seek(place)
            self._file.write(head + payload)
        self._number, self.latest = number, progress
        if self._monotonic() - self._synced_at >= BARRIER_S:
            self.barrier()

    def barrier(self) -> None:
        """Force what was written to the disk. Raises OSError; then the page is not left before it is there."""
        _sync_data(self._file.fileno())
        self._synced_at, self._forced = self._monotonic(), True

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _read(self) -> tuple[int, Progress | None, int]:
        self._file.seek(0)
        return _newest(self._file.read(_FILE_BYTES))


def read_tick(path: Path) -> Progress | None:
    """Return the newest value of a record, None when there is none."""
    try:
        return _newest(path.read_bytes()[:_FILE_BYTES].ljust(_FILE_BYTES, b"\0"))[1]
    except OSError:
        return None


def _newest(raw: bytes) -> tuple[int, Progress | None, int]:
    """Return number, value and place of the newest whole copy."""
    found = ((place, _copy(raw[place : place + _COPY_BYTES])) for place in range(0, _FILE_BYTES, _COPY_BYTES))
    whole = [(*copy, place) for place, copy in found if copy is not None]
    return max(whole, key=lambda copy: copy[0]) if whole else (0, None, 0)


def _copy(raw: bytes) -> tuple[int, Progress] | None:
    """Return number and value of a copy, None when it was never written or cut."""
    magic, checksum, number, length = _HEAD.unpack_from(raw)
    payload = raw[_HEAD.size : _HEAD.size + length]
    if magic != _MAGIC or length > _COPY_BYTES - _HEAD.size or zlib.crc32(payload, number & 0xFFFFFFFF) != checksum:
        return None
    try:
        return number, _decoder.decode(payload)
    except msgspec.DecodeError:
        return None
