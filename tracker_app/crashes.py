"""What broke inside Fairhour: noted when it happens, reported at the next start.

Every error that a part could not deal with is logged with its way through the program ("top of the thread"); those are
noted here, as are the last words of a process that died. A report holds the program's own places and nothing of what
was recorded (``log_file``).
"""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec

from sync.files import make_folder, write_whole
from tracker_app.log_file import FOLDER, trace

log = logging.getLogger(__name__)

NEW, LAST, TOLD = "crashes.json", "crashes-last.json", "crashes-told.json"
DEATH = "death.txt"
MOST = 20
"""Reports of one run: what breaks each second is told once, and the first of many is the one that matters."""


class Crash(msgspec.Struct, frozen=True):
    """One fault: when (UTC), in which part, and its way through the program."""

    at: str
    part: str
    way: str


class CrashNotes(logging.Handler):
    """Notes errors of parts. ``last``: the report on the run before this one, "" when nothing broke."""

    def __init__(self, home: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__(logging.ERROR)
        self._folder = home / FOLDER
        self._now = now
        self._noted: list[Crash] = []
        self._death: IO[str] | None = None
        self._last: list[Crash] = []

    @property
    def last(self) -> str:
        """Return the report on earlier runs, as text to send."""
        return report(self._last)

    def begin(self) -> None:
        """Take up what earlier runs left, and note from now on. A disk that does not take it is no matter."""
        try:
            make_folder(self._folder)
            self._last = (self._read(LAST) + self._read(NEW) + self._deaths())[-MOST:]
            if self._last:
                write_whole(self._folder / LAST, msgspec.json.encode(self._last))
            (self._folder / NEW).unlink(missing_ok=True)
            self._death = (self._folder / DEATH).open("w", encoding="utf-8")
            faulthandler.enable(self._death)
        except OSError as error:
            log.warning("crashes can't be noted: %s", error)
        logging.getLogger().addHandler(self)
        threading.excepthook = self._thread_broke
        sys.excepthook = self._broke

    def told(self) -> None:
        """The user has seen the report: it is kept for a bundle of diagnostics, and not shown again."""
        self._last = []
        try:
            if (self._folder / LAST).exists():
                (self._folder / LAST).replace(self._folder / TOLD)
        except OSError as error:
            log.info("the report could not be put away: %s", error)

    def end(self) -> None:
        """Note no more."""
        logging.getLogger().removeHandler(self)
        threading.excepthook, sys.excepthook = threading.__excepthook__, sys.__excepthook__
        if self._death is not None:
            faulthandler.disable()
            self._death.close()
            self._death = None

    def emit(self, record: logging.LogRecord) -> None:
        """Note an error that came with its way."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None or len(self._noted) >= MOST:
            return
        crash = Crash(self._now().isoformat(timespec="seconds"), record.name, trace(error))
        if any((each.part, each.way) == (crash.part, crash.way) for each in self._noted):
            return
        self._noted.append(crash)
        try:
            write_whole(self._folder / NEW, msgspec.json.encode(self._noted))
        except OSError as failed:
            log.info("a crash could not be noted: %s", failed)

    def _thread_broke(self, what: threading.ExceptHookArgs) -> None:
        error = what.exc_value
        if error is not None:
            log.critical("a thread broke", exc_info=(type(error), error, what.exc_traceback))

    def _broke(self, kind: type[BaseException], error: BaseException, where: object) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            log.critical("a part broke", exc_info=error)

    def _read(self, name: str) -> list[Crash]:
        try:
            return msgspec.json.decode((self._folder / name).read_bytes(), type=list[Crash])
        except FileNotFoundError:
            return []
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            log.info("%s can't be read: %s", name, type(error).__name__)
            return []

    def _deaths(self) -> list[Crash]:
        """What faulthandler wrote when the process died of a signal."""
        path = self._folder / DEATH
        try:
            words = path.read_text(encoding="utf-8", errors="replace").strip()
            at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except FileNotFoundError:
            return []
        return [Crash(at.isoformat(timespec="seconds"), "process", words)] if words else []


def report(crashes: list[Crash]) -> str:
    """Return what broke as text, with what it broke on; "" for nothing."""
    if not crashes:
        return ""
    # It brings half of the e-mail package.
    from importlib import metadata

    try:
        version = metadata.version("fairhour")
    except metadata.PackageNotFoundError:
        version = "?"
    head = f"Fairhour {version}, Python {platform.python_version()}, {platform.system()} {platform.release()}"
    return "\n\n".join([head, *(f"{each.at} {each.part}\n{each.way}" for each in crashes)]) + "\n"
