"""The log: in a file that rotates, and on standard error, with neither secrets nor what people wrote in it.

Sentences of problems can repeat titles, comments and names, so of a problem only its code is logged; of other errors
what Python and the system say of themselves. What looks like a secret all the same is blotted out.
"""

from __future__ import annotations

import copy
import logging
import os
import re
import sys
import traceback
from collections.abc import Mapping
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Any

from sync.files import make_folder
from worktime.errors import FairhourError, Problem

FOLDER, FILE = "logs", "fairhour.log"
MAX_BYTES, KEPT = 500_000, 3
_TELLING = (AttributeError, TypeError, ImportError, NotImplementedError)
"""Errors whose text is about the program, never about what people recorded."""
_NAMES = r"(?:(?:access_|refresh_|id_)?token|code(?:_verifier)?|state|passw(?:or)?d|(?:client_)?secret|api_?key)"
_SECRETS = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+"), r"\1 …"),
    (re.compile(rf"(?i)\b({_NAMES}=)[^&\s\"']+"), r"\1…"),
    (re.compile(rf"(?i)([\"']{_NAMES}[\"']\s*:\s*)[\"'][^\"']*[\"']"), r"\1…"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), "…"),
    (re.compile(r"(://)[^/\s@]+@"), r"\1…@"),
)

Info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def begin(home: Path) -> None:
    """Write what is logged from now on into ``home``, too. A disk that does not take it is no matter."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(DiscreetFormatter())
    try:
        make_folder(home / FOLDER)
        handler = _OwnersFile(home / FOLDER / FILE, encoding="utf-8")
    except OSError as error:
        logging.getLogger(__name__).warning("no log is kept: %s", error)
        return
    handler.setFormatter(DiscreetFormatter())
    logging.getLogger().addHandler(handler)


def end() -> None:
    """Close the file."""
    for handler in logging.getLogger().handlers[:]:
        if isinstance(handler, _OwnersFile):
            logging.getLogger().removeHandler(handler)
            handler.close()


def files(home: Path) -> list[Path]:
    """Return the files of the log, newest first."""
    found = [home / FOLDER / FILE, *(home / FOLDER / f"{FILE}.{number}" for number in range(1, KEPT + 1))]
    return [path for path in found if path.exists()]


class DiscreetFormatter(logging.Formatter):
    """Says what happened, not to what: see above."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return one record as text."""
        told = copy.copy(record)
        # Another formatter may have made this text already, and would have it kept.
        told.exc_text = None
        if isinstance(told.args, Mapping):
            told.args = {name: discreet(value) for name, value in told.args.items()}
        elif told.args:
            told.args = tuple(map(discreet, told.args))
        if isinstance(told.msg, BaseException):
            told.msg, told.args = "%s", (discreet(told.msg),)
        return blotted(super().format(told))

    def formatException(self, ei: Info | Any) -> str:
        """Return where an error came from, and of what kind it was."""
        return trace(ei[1]) if ei[1] is not None else ""


def discreet(value: object) -> object:
    """Return what may be logged of a value."""
    if isinstance(value, FairhourError):
        return value.problem.code
    if isinstance(value, Problem):
        return value.code
    if isinstance(value, OSError):
        return f"{type(value).__name__} ({value.strerror or value.errno})"
    if isinstance(value, _TELLING):
        return f"{type(value).__name__}: {value}"
    if isinstance(value, BaseException):
        return type(value).__name__
    return value


def trace(error: BaseException) -> str:
    """Return the way of an error through the program, the first cause first."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    above = f"{trace(cause)}\n\n" if cause is not None else ""
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    return blotted(f"{above}Traceback (most recent call last):\n{frames}{discreet(error)}")


def blotted(text: str) -> str:
    """Return a text without what looks like a secret, and without the name of the user's folder."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text.replace(str(Path.home()), "~")


class _OwnersFile(logging.FileHandler):
    """For the owner alone, and begun anew when it is large; a full disk ends the log, never the program.

    Python's own rotating handler comes with those for sockets, queues and mail: 0.7 MB.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, into a new file when this one has its size. Never raises: who logs has other things to do."""
        try:
            if self.stream is not None and self.stream.tell() >= MAX_BYTES:
                self._set_aside(self.stream)
            if self.stream is None:
                self.stream = self._open()
            super().emit(record)
        except Exception:  # noqa: BLE001 - the end of the line: what can't be logged can't be told here either
            self.handleError(record)

    def _set_aside(self, stream: TextIOWrapper) -> None:
        # Closed first: Windows renames no open file. Forgotten before: whatever fails, the next record opens one.
        self.stream = None
        stream.close()
        path = Path(self.baseFilename)
        for number in range(KEPT, 0, -1):
            older = path.with_name(f"{FILE}.{number - 1}") if number > 1 else path
            if older.exists():
                older.replace(path.with_name(f"{FILE}.{number}"))

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding=self.encoding)

    def handleError(self, record: logging.LogRecord) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)
