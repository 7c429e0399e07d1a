"""Sends what has no receipt, from a thread of its own, and fetches what the marketplace says about the week.

``run_once()`` is one round and never waits; the thread only decides when the next round is. An item leaves the outbox
on a verified receipt alone. What is refused for good goes into quarantine, what is refused for now is deferred, and
neither blocks what stands behind it. Back-off and polling read real time, holds and deadlines the business clock.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from sync.client import RefusedError
from sync.outbox import Outbox, OutboxCounts
from sync.pacing import BACKOFF_MAX_S, Backoff
from sync.sending import Sender, Takes
from sync.sending_hours import HoursSender
from sync.verdicts import is_final
from worktime import wire
from worktime.errors import FairhourError, Problem, make_problem

log = logging.getLogger(__name__)

NOT_FOUND = 404
_RANDOM = random.SystemRandom()


class Marketplace(Takes, Protocol):
    """The part of the API that the uploader uses; ``sync.client.MarketplaceClient`` fits it."""

    def jobs(self) -> wire.JobList: ...
    def week(self, job: UUID, week_start: int) -> wire.WeekView: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class SyncStatus:
    """What the sync line shows. ``oldest_unsent`` and ``last_ok`` are business seconds, None for never/nothing.

    ``problem`` is why the last round failed, ``notices`` what the user should know although it went well.
    """

    online: bool = False
    last_ok: int | None = None
    oldest_unsent: int | None = None
    segments: int = 0
    pictures: int = 0
    quarantined: int = 0
    hours: int = 0
    problem: Problem | None = None
    notices: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Listeners:
    """Whom the uploader tells, on its own thread: the composition root brings it onto the Qt thread."""

    status: Callable[[SyncStatus], None]
    jobs: Callable[[wire.JobList], None]
    week: Callable[[wire.WeekView], None]
    hours: Callable[[], None] = lambda: None
    """What the marketplace said of Other hours is news."""


class Uploader:
    """One thread that empties an outbox into a marketplace."""

    def __init__(
        self,
        outbox: Outbox,
        marketplace: Marketplace,
        listeners: Listeners,
        *,
        now: Callable[[], int],
        period_s: float = 1.0,
        poll_s: float = 15.0,
        monotonic: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = _RANDOM.random,
    ) -> None:
        self._outbox = outbox
        self._marketplace = marketplace
        self._listeners = listeners
        self._now = now
        self._period_s = period_s
        self._poll_s = poll_s
        self._monotonic = monotonic
        self._sender = Sender(outbox, marketplace, now=now, monotonic=monotonic)
        self._hours = HoursSender(outbox.hours, marketplace, now=now, monotonic=monotonic)
        self._backoff = Backoff(jitter)
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._poll_due = 0.0
        self._watched: UUID | None = None
        self._looked_at: frozenset[tuple[UUID, int]] = frozenset()
        self._status = SyncStatus()

    def start(self) -> None:
        """Start the thread."""
        self._thread = threading.Thread(target=self._run, name="uploader", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """End the thread after the request under way, waiting for at most ``timeout_s`` real seconds."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def nudge(self) -> None:
        """Look into the outbox now instead of at the next period; a back-off under way is not cut short."""
        if self._backoff.failures == 0:
            self._wake.set()

    def watch(self, job: UUID | None) -> None:
        """Fetch this job's week view with each poll (and soon)."""
        if job != self._watched:
            self._watched = job
            self._poll_due = 0.0
            self.nudge()

    def look_at(self, weeks: Iterable[tuple[UUID, int]]) -> None:
        """Fetch the Other hours of these jobs' weeks with each poll (and soon): a window shows them."""
        wanted = frozenset(weeks)
        if wanted - self._looked_at:
            self._poll_due = 0.0
            self._looked_at = wanted
            self.nudge()
        self._looked_at = wanted

    @property
    def status(self) -> SyncStatus:
        """The state after the last round."""
        return self._status

    def run_once(self) -> float:
        """Do one round: segments, pictures, and the poll when it is due. Returns the real seconds until the next."""
        problem: Problem | None = None
        before, wait_s = self._status, self._period_s
        try:
            more = self._sender.segments()
            more = self._hours.send() or more
            more = self._sender.pictures() or more
            self._poll()
            self._backoff.over()
            if more or not before.online:
                # After the first answer of all, or the first one again, there may be what was held back until now.
                wait_s = 0.0
            else:
                wait_s = min(wait_s, max(0.0, self._poll_due - self._monotonic()))
                if (due := self._outbox.next_due(self._now())) is not None:
                    wait_s = min(wait_s, max(0, due - self._now()))
        except FairhourError as error:
            problem = error.problem
            wait_s = self._backoff.wait_s(error.retry_after_s if isinstance(error, RefusedError) else None)
        counts = self._outbox.counts()
        self._status = replace(
            before,
            online=problem is None,
            last_ok=self._now() if problem is None else before.last_ok,
            oldest_unsent=self._outbox.oldest_unsent(),
            segments=counts.segments,
            pictures=counts.pictures,
            quarantined=counts.quarantined,
            hours=counts.hours,
            problem=problem,
            notices=self._notices(counts),
        )
        self._listeners.status(self._status)
        return wait_s

    def _run(self) -> None:
        try:
            while True:
                self._wake.clear()
                if self._stopping.is_set():  # asked after the clearing, or a wish to stop could be slept over
                    return
                try:
                    wait_s = self.run_once()
                except Exception:  # top of the thread: one bad round must not end sending for good
                    log.exception("a round of sending failed")
                    wait_s = BACKOFF_MAX_S
                self._wake.wait(wait_s)
        finally:
            self._marketplace.close()

    def _poll(self) -> None:
        if self._monotonic() < self._poll_due:
            return
        # Set before, not after: whoever wants a poll meanwhile gets one more.
        self._poll_due = self._monotonic() + self._poll_s
        try:
            self._ask()
        except FairhourError:
            # The next round asks again: with nothing to send it would go well without a word from the marketplace.
            self._poll_due = 0.0
            raise

    def _ask(self) -> None:
        asked = self._now()
        listing = self._marketplace.jobs()
        self._sender.server_clock.heard(listing.now, asked, self._now())
        self._listeners.jobs(listing)
        weeks, news = set(self._looked_at), False
        for job in listing.jobs:
            if job.id == self._watched:
                view = self._marketplace.week(job.id, job.week_start)
                # Here, on the thread that sends: what it has a receipt for is in what it fetches afterwards.
                news = self._outbox.hours.heard(view)
                self._listeners.week(view)
                weeks.discard((job.id, job.week_start))
        for one, week in weeks:
            try:
                news = self._outbox.hours.heard(self._marketplace.week(one, week)) or news
            except RefusedError as error:
                if not is_final(error) and error.status != NOT_FOUND:
                    raise
                log.warning("the Other hours of a week were refused: %s", error)
        if news:
            self._listeners.hours()

    def _notices(self, counts: OutboxCounts) -> tuple[Problem, ...]:
        found = [self._sender.server_clock.problem]
        if counts.united:
            found.append(
                make_problem(
                    "record_restored",
                    "An older copy of the record is in use",
                    "The marketplace held more of {n} segments than this computer. Both were put together; no time is "
                    "lost or counted twice.",
                    "Nothing after restoring a backup. If a second computer uses a copy of this one's data, install "
                    "Fairhour there anew.",
                    n=counts.united,
                )
            )
        return tuple(problem for problem in found if problem is not None)
