"""The tick record: how far the open stay has come, overwritten in place each second.

Two copies in one file that never grows, each with a number and a checksum: a write that is cut leaves the other copy
whole, and a full disk does not stop it. A kill loses nothing that was written; a power cut at most what came after
the last barrier, so the record is forced to the disk every ``BARRIER_S`` (reliability.md, promise 1).
"""

from __future__ import annotations

import os
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from worktime.observations import Progress

BARRIER_S = 10.0
_COPY_BYTES = 4096
_HEAD = struct.Struct("<4sIQI")
_MAGIC = b"FHT1"
_decoder = msgspec.json.Decoder(Progress)
_sync_data: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)


class TickRecord:
    """The newest Progress, on disk. Not thread-safe: the journal's lock is around it."""

    def __init__(self, path: Path, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        fresh = not path.exists()
        # Owner alone, from the first byte on.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._file = os.fdopen(descriptor, "r+b", buffering=0)
        if fresh or path.stat().st_size < 2 * _COPY_BYTES:
            self._file.write(bytes(2 * _COPY_BYTES))
            os.fsync(self._file.fileno())
        self._number, self.latest = self._read()
        self._synced_at = monotonic()

    def write(self, progress: Progress) -> None:
        """Overwrite the older copy. Raises OSError."""
        self._number += 1
        payload = msgspec.json.encode(progress)
        head = _HEAD.pack(_MAGIC, zlib.crc32(payload, self._number & 0xFFFFFFFF), self._number, len(payload))
        self._file.seek((self._number % 2) * _COPY_BYTES)
        self._file.write(head + payload)
        self.latest = progress
        now = self._monotonic()
        if now - self._synced_at >= BARRIER_S:
            self.barrier()

    def barrier(self) -> None:
        """Force what was written to the disk. Raises OSError."""
        _sync_data(self._file.fileno())
        self._synced_at = self._monotonic()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _read(self) -> tuple[int, Progress | None]:
        self._file.seek(0)
        raw = self._file.read(2 * _COPY_BYTES)
        whole = [copy for copy in (_copy(raw[:_COPY_BYTES]), _copy(raw[_COPY_BYTES:])) if copy is not None]
        return max(whole, key=lambda copy: copy[0]) if whole else (0, None)


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
