"""The tick record: how far the open stay has come, overwritten in place each second.

One file of two pages that never grows, each page with two copies, each copy with a number and a checksum. Seconds go
into one page, its copies by turns, until that page has been forced to the disk; then into the other one. So a write
that is cut, by a kill or by the power, leaves the copy before it whole, and the page that the disk has for certain is
never touched before the other one is there, too. One page each ``BARRIER_S`` is all that is written (1.5 MB an hour),
and a full disk does not stop it. A kill loses nothing that was written; a power cut at most what came after the last
barrier (reliability.md, promise 1).

Where nothing but the seconds' passing is to be kept, a mark behind any copy says until when the newest one holds, by
its number. Marks stand in a page under the same rule, two by turns, and are made beforehand.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
import time
import zlib
from collections.abc import Callable
from functools import partial
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
_MARK = struct.Struct("<4sIQQ")
"""Magic, checksum of what follows, number of the copy that it extends, ``until``; at the end of either copy's room."""
_MARKED = struct.Struct("<QQ")
_MARK_MAGIC = b"FHM1"
_MARK_PLACES = tuple(place + _COPY_BYTES - _MARK.size for place in (0, _COPY_BYTES))
_decoder = msgspec.json.Decoder(Progress)
_sync_data: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)


class Marks:
    """Seconds after ``of`` that may be kept one by one, each ``until`` a second later than the one before it."""

    def __init__(
        self, put: Callable[[bytes, int], object], marks: list[tuple[bytes, int]], of: Progress | None = None
    ) -> None:
        self._put = put
        self._marks = marks[::-1]
        self._marked = 0
        self.of = of

    @property
    def left(self) -> int:
        """How many there are still."""
        return len(self._marks)

    def mark(self) -> bool:
        """Keep that one more second passed; False when there is none left. Raises OSError."""
        if not self._marks:
            return False
        self._put(*self._marks[-1])
        self._marks.pop()
        self._marked += 1
        return True

    def void(self) -> None:
        """Keep none any more: their place is, or may be, another's."""
        self._marks = []

    @property
    def kept(self) -> Progress | None:
        """What is kept by now."""
        return _until(self.of, self.of.until + self._marked) if self.of is not None else None


class TickRecord:
    """The newest Progress, on disk. Not thread-safe but for ``latest``: the recorder alone writes it, under its lock.

    Marks are for whoever passes the seconds of a lease; they are over before anything else is written.
    """

    def __init__(self, path: Path, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        # Owner alone, from the first byte on.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._file = os.fdopen(descriptor, "r+b", buffering=0)
        self._put: Callable[[bytes, int], object] = self._seek_and_write
        if sys.platform != "win32":
            self._put = partial(os.pwrite, descriptor)
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
        self._number, self._latest, place = self._read()
        self._marks: Marks | None = None
        # What was read may not be on the disk for certain, so it is forced there before its page is left.
        self._page = self._latest_page = place // _PAGE_BYTES
        self._synced_at = monotonic()
        self._forced = False
        self._checksum: int | None = None

    @property
    def latest(self) -> Progress | None:
        """What is kept by now, on any thread; which of the marked seconds were active is not known yet."""
        latest, marks = self._latest, self._marks
        return marks.kept if marks is not None and marks.of is latest else latest

    def write(self, progress: Progress) -> None:
        """Overwrite the older copy of the page in turn. Raises OSError."""
        self._void()
        page = 1 - self._page if self._forced else self._page
        number = self._number + 1
        payload = msgspec.json.encode(progress)
        checksum = zlib.crc32(payload, number & 0xFFFFFFFF)
        head = _HEAD.pack(_MAGIC, checksum, number, len(payload))
        self._put(head + payload, page * _PAGE_BYTES + number % 2 * _COPY_BYTES)
        # Not before: a page in which nothing new stands makes none certain.
        self._page = self._latest_page = page
        self._forced = False
        self._number, self._latest, self._checksum = number, progress, checksum
        # Ticks come a moment early or late; the one after this may be too late.
        if self._monotonic() - self._synced_at >= BARRIER_S - 0.5:
            self.barrier()

    def ahead(self, seconds: int) -> Marks:
        """Return marks for the seconds after ``latest``, ``seconds`` at most: none is due later than the barrier, and
        none stands in a page that is not to be touched, but then in the other one. They are void with the next
        ``write``. Raises OSError."""
        latest = self._latest
        if latest is None:
            return Marks(self._put, [])
        if self._latest_page != self._page or self._checksum is None:
            self.write(latest)
        # With the last mark's second the barrier must not be due yet, but with the write that follows it.
        to_barrier_s = round(BARRIER_S - (self._monotonic() - self._synced_at))
        number, until = self._number, latest.until
        page = (1 - self._page if self._forced else self._page) * _PAGE_BYTES
        marks: list[tuple[bytes, int]] = []
        for second in range(1, min(seconds, to_barrier_s - 1) + 1):
            checksum = zlib.crc32(_MARKED.pack(number, until + second), self._checksum or 0)
            raw = _MARK.pack(_MARK_MAGIC, checksum, number, until + second)
            marks.append((raw, page + _MARK_PLACES[second % 2]))
        self._marks = Marks(self._put, marks, latest)
        return self._marks

    def _seek_and_write(self, raw: bytes, place: int) -> None:
        self._file.seek(place)
        self._file.write(raw)

    def barrier(self) -> None:
        """Force what was written to the disk. Raises OSError; then the page is not left before it is there."""
        at = self._monotonic()
        _sync_data(self._file.fileno())
        self._synced_at, self._forced = at, True

    def _void(self) -> None:
        if self._marks is not None:
            self._marks.void()

    def close(self) -> None:
        """Close the file."""
        self._void()
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
    """Return number, value and place of the newest whole copy, its value with what was marked after it."""
    found = ((place, _copy(raw[place : place + _COPY_BYTES])) for place in range(0, _FILE_BYTES, _COPY_BYTES))
    whole = [(*copy, place) for place, copy in found if copy is not None]
    if not whole:
        return (0, None, 0)
    number, value, place = max(whole, key=lambda copy: copy[0])
    checksum = _HEAD.unpack_from(raw, place)[1]
    marks = (page + mark for page in range(0, _FILE_BYTES, _PAGE_BYTES) for mark in _MARK_PLACES)
    until = max(_marked(raw[mark:], number, checksum) for mark in marks)
    return number, _until(value, until), place


def _until(value: Progress, until: int) -> Progress:
    """Return what holds until then; as it is where that is not later, or is outside of its slot: no mark of ours is."""
    if until > value.until:
        with contextlib.suppress(ValueError):
            return msgspec.structs.replace(value, until=until)
    return value


def _marked(raw: bytes, number: int, checksum: int) -> int:
    """Return until when a mark says that the copy of this number holds; 0 where there is none, or of another.

    Of another is also one whose copy a power cut took: its number is given again, its checksum is not.
    """
    magic, marked, of, until = _MARK.unpack_from(raw)
    whole = magic == _MARK_MAGIC and marked == zlib.crc32(_MARKED.pack(of, until), checksum)
    return until if whole and of == number else 0


def _copy(raw: bytes) -> tuple[int, Progress] | None:
    """Return number and value of a copy, None when it was never written or cut."""
    magic, checksum, number, length = _HEAD.unpack_from(raw)
    payload = raw[_HEAD.size : _HEAD.size + length]
    if (
        magic != _MAGIC
        or length > _COPY_BYTES - _HEAD.size - _MARK.size
        or zlib.crc32(payload, number & 0xFFFFFFFF) != checksum
    ):
        return None
    try:
        return number, _decoder.decode(payload)
    except msgspec.DecodeError:
        return None
