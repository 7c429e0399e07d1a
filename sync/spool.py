"""The spool: pictures on their way, one file each, named by its hash, readable by the owner alone.

A file is whole or not there: written aside, forced to the disk, renamed, and the folder forced too, BEFORE the
journal's row is written (row first lost 65 pictures in 300 kills, reliability.md). What has no row is swept at start.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from sync.files import make_folder, sync_folder
from sync.reserve import RESERVE_BYTES
from sync.sealing import Seal
from worktime.digest import sha256_of
from worktime.errors import FairhourError, failure

_NAME = re.compile(r"[0-9a-f]{64}\.(webp|jpg)")


class Spool:
    """A folder of pictures (``.webp``) and their thumbnails (``.jpg``). ``room``: the bytes that are free.

    The files are sealed as far as ``seal`` can; their names are the hashes of the plain pictures all the same.
    """

    def __init__(self, folder: Path, *, room: Callable[[], int] = lambda: 1 << 62) -> None:
        make_folder(folder)
        if os.name == "posix":
            folder.chmod(0o700)
        self._folder = folder
        self._room = room
        self.seal = Seal()

    def picture(self, sha256: str) -> Path:
        """Where a picture is, or would be."""
        return self._folder / f"{sha256}.webp"

    def thumbnail(self, sha256: str) -> Path:
        """Where a picture's thumbnail is, or would be."""
        return self._folder / f"{sha256}.jpg"

    def store(self, sha256: str, data: bytes, thumbnail: bytes) -> None:
        """Keep a picture durably. Raises FairhourError when the disk does not take it."""
        if sha256_of(data) != sha256:
            raise ValueError("the hash is not the picture's")
        try:
            if self._room() - len(data) - len(thumbnail) < RESERVE_BYTES:
                raise OSError(errno.ENOSPC, "the room that is left is for the record")
            for path, plain in ((self.thumbnail(sha256), thumbnail), (self.picture(sha256), data)):
                self._write(path, self.seal.seal(path.name, plain))
            sync_folder(self._folder)
        except OSError as error:
            raise failure(
                "spool_failed",
                "The screenshot can't be kept",
                "The disk did not take it ({detail}). The time counts, but is not protected.",
                "Free some space on the disk; the next slot is tried again.",
                retryable=True,
                detail=error.strerror or error,
            ) from error

    def read(self, path: Path) -> bytes:
        """Return a file's plain content. Raises OSError, and FairhourError while its key is not known."""
        return self.seal.open(path.name, path.read_bytes())

    def look(self, path: Path) -> bytes:
        """Return a file's plain content to be shown; nothing while it can't be had."""
        try:
            return self.read(path)
        except (OSError, FairhourError):
            return b""

    def is_whole(self, sha256: str) -> bool:
        """Tell whether the picture is here as it was taken; one whose key is not known yet is taken for it."""
        try:
            return sha256_of(self.read(self.picture(sha256))) == sha256
        except FairhourError:
            return True
        except OSError:
            return False

    def erase_picture(self, sha256: str) -> None:
        """Remove the bytes of a picture; the thumbnail stays."""
        self.picture(sha256).unlink(missing_ok=True)

    def erase(self, sha256: str) -> None:
        """Remove a picture and its thumbnail."""
        self.erase_picture(sha256)
        self.thumbnail(sha256).unlink(missing_ok=True)

    def hashes(self) -> frozenset[str]:
        """Return the hashes of all pictures that are here."""
        return frozenset(path.stem for path in self._folder.glob("*.webp") if _NAME.fullmatch(path.name))

    def set_aside(self, keep: frozenset[str], folder: Path) -> int:
        """Move pictures of which nobody knows what they belong to; returns how many lie in ``folder`` now."""
        for sha256 in self.hashes() - keep:
            make_folder(folder)
            for path in (self.picture(sha256), self.thumbnail(sha256)):
                if path.exists():
                    path.replace(folder / path.name)
        return len(list(folder.glob("*.webp"))) if folder.exists() else 0

    def sweep(self, pictures: Iterable[str], thumbnails: Iterable[str]) -> int:
        """Remove every file whose hash is not named, and what was left half written. Returns how many went."""
        keep = {f"{sha256}.webp" for sha256 in pictures} | {f"{sha256}.jpg" for sha256 in thumbnails}
        gone = 0
        for path in self._folder.iterdir():
            if path.name not in keep and (_NAME.fullmatch(path.name) or path.suffix == ".part"):
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def _write(self, path: Path, data: bytes) -> None:
        part = path.with_name(path.name + ".part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
