"""Files that take their time, made on a thread of their own: export and diagnostics, for window and command line.

One at a time. What became of it comes back on Qt's thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, Qt, Signal

from tracker_app.bundle import CancelledError, Step
from ui.settings_models import Task
from worktime.errors import FairhourError, failure, make_problem

if TYPE_CHECKING:
    from sync.journal_export import JournalExport
    from tracker_app.preferences import Preferences

log = logging.getLogger(__name__)

EXPORT, DIAGNOSTICS = "export", "diagnostics"
Make = Callable[[Path, Step], Path]


class Tasks(QObject):
    """``makers``: of each kind of file; called on Qt's thread, they return what writes it on the other.

    ``changed``: one has gone on, or is over.
    """

    changed = Signal()
    _came = Signal(str, object)

    def __init__(self, makers: Mapping[str, Callable[[], Make]]) -> None:
        super().__init__()
        self._makers = makers
        self._tasks: dict[str, Task] = {}
        self._wanted = threading.Event()
        self._thread: threading.Thread | None = None
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def task(self, kind: str) -> Task:
        """Return how far one is, or what became of the last."""
        return self._tasks.get(kind, Task())

    def start(self, kind: str, folder: Path) -> None:
        """Begin. Raises FairhourError when another is being made."""
        if any(task.share is not None for task in self._tasks.values()):
            raise failure(
                "task_running",
                "One file at a time",
                "Another export or bundle is being made.",
                "Wait until it is done, or cancel it.",
                retryable=True,
            )
        make = self._makers[kind]()
        self._tasks[kind] = Task(share=0)
        self._wanted.set()
        self._thread = threading.Thread(target=self._run, args=(kind, make, folder), name=kind, daemon=True)
        self._thread.start()
        self.changed.emit()

    def cancel(self) -> None:
        """Give up what is being made; nothing of it is left."""
        self._wanted.clear()

    def close(self, timeout_s: float = 5.0) -> None:
        """Give up, and wait for the thread."""
        self.cancel()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def status(self) -> dict[str, Any]:
        """Return all of it for the command line."""
        return {
            kind: {
                "share": task.share,
                "file": str(task.file) if task.file else None,
                "problem": msgspec.to_builtins(task.problem) if task.problem else None,
            }
            for kind, task in self._tasks.items()
        }

    # On the thread

    def _run(self, kind: str, make: Make, folder: Path) -> None:
        def step(share: int) -> bool:
            self._came.emit(kind, Task(share=min(99, share)))
            return self._wanted.is_set()

        try:
            over = Task(file=make(folder, step))
        except CancelledError:
            over = Task()
        except FairhourError as error:
            over = Task(problem=error.problem)
        except Exception:  # top of the thread
            log.exception("a file could not be made")
            over = Task(
                problem=make_problem(
                    "task_broken",
                    "The file could not be made",
                    "Something went wrong inside Fairhour.",
                    "Try again. If it happens again, start Fairhour anew: it then shows a report for support.",
                )
            )
        self._came.emit(kind, over)

    # On Qt's thread again

    def _take(self, kind: str, task: Task) -> None:
        if task != self._tasks.get(kind):
            self._tasks[kind] = task
            self.changed.emit()


def makers(
    home: Path,
    journal: JournalExport,
    *,
    preferences: Callable[[], Preferences],
    others: Callable[[], Collection[UUID]],
    status: Callable[[], Mapping[str, Any]],
) -> dict[str, Callable[[], Make]]:
    """Return what makes export and diagnostics of one data folder; its modules are loaded when they are used."""

    def export() -> Make:
        from tracker_app.export import write_export

        left_out = others()
        return lambda folder, step: write_export(folder, home, journal, left_out, _now(), step)

    def diagnostics() -> Make:
        from tracker_app.diagnostics import write_diagnostics

        chosen, told = preferences(), status()
        return lambda folder, step: write_diagnostics(folder, home, journal, chosen, told, _now(), step)

    return {EXPORT: export, DIAGNOSTICS: diagnostics}


def _now() -> datetime:
    """Return the computer's own time: files are named by it, and no rule reads it."""
    return datetime.now().astimezone()
