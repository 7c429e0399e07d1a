"""The link to the marketplace: signs in on a thread of its own, runs the uploader, and brings its news to Qt's thread.

Recording never waits for anything here (reliability.md, promise 10).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from sync.journal_outbox import JournalOutbox
from sync.uploader import Listeners, SyncStatus, Uploader
from tracker_app.settings import Settings
from ui.models import SyncView
from worktime.errors import FairhourError, Problem
from worktime.wire import JobList, WeekView

log = logging.getLogger(__name__)

POLL_S = 15.0
FAST_POLL_S = 2.0
FAST_PERIOD_S = 0.5


class Link(QObject):
    """Signals come on Qt's thread: ``status_changed()``, ``jobs_came(JobList)``, ``week_came(WeekView)``."""

    status_changed = Signal()
    jobs_came = Signal(object)
    week_came = Signal(object)

    def __init__(self, settings: Settings, outbox: JournalOutbox, now: Callable[[], int], rate: int) -> None:
        super().__init__()
        self._settings = settings
        self._outbox = outbox
        self._now = now
        self._rate = rate
        self._uploader: Uploader | None = None
        self._watched: UUID | None = None
        self._answered_at: float | None = None
        self._sent = threading.Event()
        self._closing = False
        self.server = settings.server
        self.status = SyncStatus()
        self.problem: Problem | None = None

    def start(self) -> None:
        """Begin, on a thread of its own: a keyring can take its time."""
        threading.Thread(target=self._begin, name="sign-in", daemon=True).start()

    def nudge(self) -> None:
        """There is something to send."""
        if self._uploader is not None:
            self._uploader.nudge()

    def watch(self, job: UUID | None) -> None:
        """Fetch this job's week, too."""
        self._watched = job
        if self._uploader is not None:
            self._uploader.watch(job)

    def flush(self, timeout_s: float) -> None:
        """Give what waits a last chance, ``timeout_s`` real seconds at most; what is not sent is kept."""
        if self._uploader is None or not self.status.online or self._outbox.counts().segments == 0:
            return
        self._sent.clear()
        self._uploader.nudge()
        self._sent.wait(timeout_s)

    def stop(self) -> None:
        """End the uploader."""
        self._closing = True
        if self._uploader is not None:
            self._uploader.stop()

    @property
    def signed_in(self) -> bool:
        """Whether the marketplace knows whose time this is, as far as it was heard."""
        problem = self.status.problem or self.problem
        return bool(self.server) and (problem is None or not problem.code.startswith(("signed_out", "token_file")))

    def view(self) -> SyncView:
        """What the sync line shows."""
        counts, oldest = self._outbox.counts(), self._outbox.oldest_unsent()
        age = None if self._answered_at is None else int(time.monotonic() - self._answered_at)
        return SyncView(
            online=self.status.online,
            age_s=age,
            segments=counts.segments,
            pictures=counts.pictures,
            quarantined=counts.quarantined,
            oldest_s=None if oldest is None else max(0, self._now() - oldest),
        )

    # On threads of their own

    def _begin(self) -> None:
        try:
            uploader = self._make()
        except FairhourError as error:
            log.warning("not signed in: %s", error)
            self.problem = error.problem
            self.status_changed.emit()
            return
        except Exception:  # top of the thread: recording goes on without the marketplace
            log.exception("sending could not be started")
            return
        if uploader is not None and not self._closing:
            uploader.watch(self._watched)
            uploader.start()
            self._uploader = uploader

    def _make(self) -> Uploader | None:
        from sync.client import MarketplaceClient
        from sync.secrets import SecretStore
        from sync.signin import SignIn, take_handover

        settings, token = self._settings, None
        if settings.token_file is not None and settings.token_file.exists():
            handover = take_handover(settings.token_file)
            settings = replace(settings, server=handover.server, client_id=handover.client_id)
            token = handover.refresh_token
        if not settings.server:
            return None
        self.server = settings.server
        signin = SignIn(settings.server, settings.client_id, SecretStore())
        if token is not None:
            signin.adopt(token)
        fast = self._rate > 1
        return Uploader(
            self._outbox,
            MarketplaceClient(signin),
            Listeners(status=self._heard, jobs=self._jobs, week=self._week),
            now=self._now,
            period_s=FAST_PERIOD_S if fast else 1.0,
            poll_s=FAST_POLL_S if fast else POLL_S,
        )

    def _heard(self, status: SyncStatus) -> None:
        if status.online:
            self._answered_at = time.monotonic()
        if status.segments == 0:
            self._sent.set()
        changed = status != replace(self.status, last_ok=status.last_ok)
        self.status = status
        if changed:
            self.status_changed.emit()

    def _jobs(self, jobs: JobList) -> None:
        self.jobs_came.emit(jobs)

    def _week(self, week: WeekView) -> None:
        self.week_came.emit(week)
