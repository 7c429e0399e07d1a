"""A zip file that is made step by step: whole or not at all, for its owner alone, and given up when nobody wants it."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from sync.files import sync_folder
from worktime.errors import failure

Step = Callable[[int], bool]
"""Told how much is done, in per cent; returns False when it is not wanted any more."""


class CancelledError(Exception):
    """Nobody wants the file any more."""


class Bundle:
    """Use it as a context: the file is there when the block was left without an error. Raises FairhourError."""

    def __init__(self, folder: Path, name: str, now: datetime, step: Step) -> None:
        self.file = _free(folder / f"{name}-{now:%Y-%m-%d-%H%M}.zip")
        self._part = self.file.with_name(self.file.name + ".part")
        self._step = step
        self._zip: zipfile.ZipFile

    def __enter__(self) -> Self:
        try:
            # Never what somebody has laid there: a link, or a file of theirs that they can read.
            self._part.unlink(missing_ok=True)
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            self._raw = os.fdopen(os.open(self._part, flags, 0o600), "w+b")
        except OSError as error:
            raise _not_written(self.file.parent, error) from error
        self._zip = zipfile.ZipFile(self._raw, "w", zipfile.ZIP_DEFLATED)
        return self

    def add(self, name: str, data: bytes, *, packed: bool = False) -> None:
        """Add a file; ``packed``: as small as it gets already."""
        self._zip.writestr(name, data, zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED)

    def add_json(self, name: str, value: object) -> None:
        """Add a value as JSON that people can read, too."""
        self.add(name, msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")

    def add_lists(self, name: str, lists: dict[str, Iterable[dict[str, Any]]]) -> None:
        """Add an object of lists, of which only one entry is in memory at a time."""
        with self._zip.open(name, "w") as file:
            opening = b"{\n"
            for key, entries in lists.items():
                file.write(opening + msgspec.json.encode(key) + b": [")
                between = b"\n  "
                for entry in entries:
                    file.write(between + msgspec.json.encode(entry))
                    between = b",\n  "
                file.write(b"\n]")
                opening = b",\n"
            file.write(b"\n}\n" if lists else b"{}\n")

    def done(self, share: int) -> None:
        """Say how much is done, in per cent. Raises CancelledError when nobody wants it any more."""
        if not self._step(share):
            raise CancelledError

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._zip.close()
                self._raw.flush()
                os.fsync(self._raw.fileno())
        except OSError as failed:
            error = failed
        finally:
            self._zip.fp = None
            self._raw.close()
        try:
            if error is None:
                self._part.replace(self.file)
                sync_folder(self.file.parent)
            else:
                self._part.unlink(missing_ok=True)
        except OSError as failed:
            error = error or failed
        if isinstance(error, OSError):
            raise _not_written(self.file.parent, error) from error


def _free(path: Path) -> Path:
    """A name that nothing has: an older file is never written over."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}.zip")
    return free


def _not_written(folder: Path, error: OSError) -> Exception:
    return failure(
        "export_failed",
        "The copy can't be written",
        "The folder {file} did not take it ({detail}).",
        "Choose another folder.",
        file=folder,
        detail=error.strerror or error,
    )
