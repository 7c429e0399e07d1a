"""Sends what has no receipt, from a thread of its own, and fetches what the marketplace says about the week.

``run_once()`` is one round and never waits; the thread only decides when the next round is. An item leaves the outbox
on a verified receipt alone. What is refused for good goes into quarantine, what is refused for now is deferred, and
neither blocks what stands behind it. Asking has a back-off of its own: while it fails, sending goes on as before.
Back-off and polling read real time, holds and deadlines the business clock.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterable
from typing import Protocol
from uuid import UUID

import msgspec

from sync.client import RefusedError
from sync.outbox import Outbox, OutboxCounts
from sync.pacing import BACKOFF_MAX_S, QUIET_TIMES, Backoff
from sync.sending import Sender, Takes
from sync.sending_hours import HoursSender
from sync.verdicts import is_about_this, is_final
from worktime import wire
from worktime.errors import FairhourError, Problem, make_problem

log = logging.getLogger(__name__)

NOT_FOUND = 404
FRESH_PERIODS = 3
"""So many periods the marketplace counts as reached after it took or said something, though polls fail: a segment that
runs is sent in each, or in each second one while nothing is touched (``QUIET_TIMES``)."""
QUIET_POLLS = 3
"""So many times less often than else is asked for news where nobody waits for them, and no window shows them."""
_RANDOM = random.SystemRandom()


class Marketplace(Takes, Protocol):
    """The part of the API that the uploader uses; ``sync.client.MarketplaceClient`` fits it."""

    def jobs(self) -> wire.JobList: ...
    def week(self, job: UUID, week_start: int) -> wire.WeekView: ...
    def close(self) -> None: ...


class SyncStatus(msgspec.Struct, frozen=True):
    """What the sync line shows. ``oldest_unsent`` and ``last_ok`` are business seconds, None for never/nothing.

    ``online``: the marketplace took what was sent last, or answered where nothing was to be sent. ``problem`` is why it
    is not, ``notices`` what the user should know although it is.
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

    @property
    def news(self) -> tuple[object, ...]:
        """All but when it went well last, which each round says."""
        counts = (self.segments, self.pictures, self.quarantined, self.hours)
        return self.online, self.oldest_unsent, counts, self.problem, self.notices


class Listeners(msgspec.Struct, frozen=True):
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
        self._poll_backoff = Backoff(jitter)
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._poll_due = 0.0
        self._no_poll_before = 0.0
        self._poll_problem: Problem | None = None
        self._reached_at: float | None = None
        self._watched: UUID | None = None
        self._looked_at: frozenset[tuple[UUID, int]] = frozenset()
        self._quiet = False
        self._status = SyncStatus()

    def start(self) -> None:
        """Start the thread."""
        thread = threading.Thread(target=self._run, name="uploader", daemon=True)
        thread.start()
        self._thread = thread  # not before: whoever stops it from another thread would wait for what has not begun

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

    def rest(self, quiet: bool) -> None:
        """Take longer from round to round and from poll to poll while nobody waits (``quiet``); what is put on the
        record is sent at once as before. What is due when somebody is there again is done at once, too."""
        before, self._quiet = self._quiet, quiet
        if before and not quiet:
            self.nudge()

    @property
    def status(self) -> SyncStatus:
        """The state after the last round."""
        return self._status

    def run_once(self) -> float:
        """Do one round: segments, pictures, and the poll when it is due. Returns the real seconds until the next."""
        was_online = self._status.online
        try:
            sent, more = self._send()
        except FairhourError as error:
            # Asked again soon: the next round may have nothing left to send, and go well without an answer. What was
            # reached before says nothing any more.
            self._poll_due, self._reached_at = 0.0, None
            self._tell(online=False, went_well=False, problem=error.problem)
            return self._backoff.wait_s(_wish_of(error))
        self._backoff.over()
        online = self._poll(sent or was_online)
        # After the first answer of all, or the first one again, there may be what was held back until now.
        wait_s = 0.0 if more or (online and not was_online) else self._rest_s()
        went_well = sent or (online and self._poll_problem is None)
        self._tell(online=online, went_well=went_well, problem=None if online else self._poll_problem)
        return wait_s

    def _tell(self, *, online: bool, went_well: bool, problem: Problem | None) -> None:
        """Let the listener know how it stands; ``went_well``: the marketplace has what there was to send."""
        counts = self._outbox.counts()
        self._status = SyncStatus(
            online=online,
            last_ok=self._now() if went_well else self._status.last_ok,
            oldest_unsent=self._outbox.oldest_unsent(),
            segments=counts.segments,
            pictures=counts.pictures,
            quarantined=counts.quarantined,
            hours=counts.hours,
            problem=problem,
            notices=self._notices(counts, online),
        )
        self._listeners.status(self._status)

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

    def _send(self) -> tuple[bool, bool]:
        """Send what waits; tells whether anything was taken, and whether more may wait. Raises FairhourError."""
        before = self._sender.passes + self._hours.passes
        more = self._sender.segments()
        more = self._hours.send() or more
        more = self._sender.pictures() or more
        sent = self._sender.passes + self._hours.passes > before
        if sent:
            self._reached_at = self._monotonic()
        return sent, more

    def _rest_s(self) -> float:
        """Return for how many real seconds there is nothing to do."""
        wait_s = self._period_s * (QUIET_TIMES if self._quiet else 1)
        poll_in_s = self._next_poll_at() - self._monotonic()
        # A poll waits for the round after it is due. Were that brought forward, growth would not be due in it yet, and
        # wait for one more: every 40 s a segment that runs would be sent after 20 s, not after 10.
        if poll_in_s <= 0 or self._poll_problem is not None:
            wait_s = min(wait_s, max(0.0, poll_in_s))
        if (due := self._outbox.next_due(self._now())) is not None:
            wait_s = min(wait_s, max(0, due - self._now()))
        return wait_s

    def _poll(self, online: bool) -> bool:
        """Ask for news if that is due; tells whether the marketplace is reached: ``online`` where nothing is asked."""
        if self._monotonic() < self._next_poll_at():
            return online and (self._poll_problem is None or self._was_reached_lately())
        # Set before, not after: whoever wants a poll meanwhile gets one more.
        self._poll_due = self._monotonic() + self._poll_s
        try:
            self._ask()
        except FairhourError as error:
            if self._poll_problem is None or self._poll_problem.code != error.problem.code:
                log.warning("jobs and weeks could not be fetched: %s", error)
            self._poll_problem = error.problem
            self._poll_due = 0.0
            self._no_poll_before = self._monotonic() + self._poll_backoff.wait_s(_wish_of(error))
            return is_about_this(error) and self._was_reached_lately()
        self._poll_problem = None
        self._poll_backoff.over()
        return True

    def _next_poll_at(self) -> float:
        rests = self._quiet and self._poll_due and not self._looked_at
        rest_s = self._poll_s * (QUIET_POLLS - 1) if rests else 0.0
        return max(self._poll_due + rest_s, self._no_poll_before)

    def _was_reached_lately(self) -> bool:
        fresh_s = FRESH_PERIODS * self._period_s
        return self._reached_at is not None and self._monotonic() - self._reached_at <= fresh_s

    def _ask(self) -> None:
        asked = self._now()
        listing = self._marketplace.jobs()
        self._reached_at = self._monotonic()
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

    def _notices(self, counts: OutboxCounts, online: bool) -> tuple[Problem, ...]:
        found = [self._sender.server_clock.problem]
        if online and self._poll_problem is not None:
            # What asks something of the user is told as it was said, and as long as it is so.
            if not self._poll_problem.retryable or self._poll_problem.code == "version":
                found.append(self._poll_problem)
            found.append(
                make_problem(
                    "not_fetched",
                    "Jobs and weeks may be out of date here",
                    "What is recorded is sent, but news of jobs and rejections could not be fetched from the "
                    "marketplace.",
                    "It is tried again by itself; the marketplace's own pages show how it stands.",
                    retryable=True,
                )
            )
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


def _wish_of(error: FairhourError) -> float | None:
    """Return for how many seconds the server wants to be left alone, if it said so."""
    return error.retry_after_s if isinstance(error, RefusedError) else None
