"""The link to the marketplace: signs in on a thread of its own, runs the uploader, and brings its news to Qt's thread.

Recording never waits for anything here (reliability.md, promise 10). How a sign-in comes about is in ``account``.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, Signal

from sync.journal_outbox import JournalOutbox
from sync.owners import Owners, admit
from sync.proxy import SYSTEM
from sync.uploader import Listeners, SyncStatus, Uploader
from tracker_app.account_file import Kept, load_account, save_account
from tracker_app.settings import Settings, built_in_server
from ui.models import SyncView
from worktime.errors import FairhourError, Problem, failure, make_problem
from worktime.wire import JobList, WeekView

if TYPE_CHECKING:
    from sync.secrets import SecretStore
    from sync.signin import SignIn

log = logging.getLogger(__name__)

PERIOD_S = 10.0
"""Real seconds between two looks into the outbox, as often as a running segment that grows is offered. What is put on
the record is looked at at once, a picture as its hold ends, and all that waits as soon as it is known whose it is."""
POLL_S = 40.0
"""Real seconds until jobs and week are asked for again, in the round after: who is there sees a rejection within a
minute."""
FAST_POLL_S = 2.0
FAST_PERIOD_S = 0.5


@dataclass(eq=False)
class _Session:
    """One sign-in in use. ``over``: what its thread still says is not heard any more. ``jobs`` and ``weeks``: what was
    told of last; what is fetched is seldom news."""

    signin: SignIn
    uploader: Uploader | None = None
    over: bool = False
    jobs: JobList | None = None
    weeks: dict[UUID, WeekView] = field(default_factory=dict)


class Link(QObject):
    """Signals come on Qt's thread: ``status_changed()``; ``jobs_came(JobList)``, ``week_came(WeekView)`` and
    ``hours_came()`` when what the marketplace says of jobs, weeks and Other hours is news; ``somebody_else()`` when
    another account than before is signed in, and ``not_kept(locked)`` when a new sign-in lasts only as long as the
    program."""

    status_changed = Signal()
    jobs_came = Signal(object)
    week_came = Signal(object)
    somebody_else = Signal()
    hours_came = Signal()
    not_kept = Signal(bool)

    def __init__(
        self,
        settings: Settings,
        outbox: JournalOutbox,
        now: Callable[[], int],
        rate: int,
        *,
        proxy: Callable[[], str] = lambda: SYSTEM,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._outbox = outbox
        self._now = now
        self._rate = rate
        self.proxy = proxy
        self._account_path = settings.home / "account.json"
        self._kept = load_account(self._account_path)
        self._owners = Owners(settings.home / "people.json")
        self._store: SecretStore | None = None
        self._session: _Session | None = None
        self._changing = threading.Lock()
        self._watched: UUID | None = None
        self._looked_at: tuple[tuple[UUID, int], ...] = ()
        self._quiet = False
        self._resting = threading.Lock()
        self._answered_at: float | None = None
        self._sent = threading.Event()
        self._closing = False
        self.server = settings.server or self._kept.server or built_in_server()
        self.client_id = settings.client_id
        self.status = SyncStatus()
        self.problem: Problem | None = None
        # Until the marketplace has said otherwise.
        handed_over = settings.token_file is not None and settings.token_file.exists()
        self._out = not (self._kept.account or handed_over)
        # Whose token is in use is known when the first one was fetched, not before.
        outbox.hold_back_all()

    def start(self) -> None:
        """Begin, on a thread of its own: a keyring can take its time."""
        self._on_a_thread(self._begin)

    def use(self, server: str, refresh_token: str, account: str) -> None:
        """Go over to a new sign-in; who was signed in before is not heard any more."""
        self._on_a_thread(lambda: self._use(server, refresh_token, account))

    def sign_out(self) -> None:
        """End the sign-in here and at the marketplace."""
        self._on_a_thread(self._sign_out)

    def keep_in_file(self) -> None:
        """Keep the sign-in in a file where no keyring takes it: the user said yes to that."""
        self._on_a_thread(self._keep_in_file)

    def nudge(self) -> None:
        """There is something to send."""
        if (uploader := self._uploader) is not None:
            uploader.nudge()

    def watch(self, job: UUID | None) -> None:
        """Fetch this job's week, too."""
        self._watched = job
        if (uploader := self._uploader) is not None:
            uploader.watch(job)

    def look_at(self, weeks: Iterable[tuple[UUID, int]]) -> None:
        """Fetch the Other hours of these jobs' weeks, too."""
        self._looked_at = tuple(weeks)
        if (uploader := self._uploader) is not None:
            uploader.look_at(self._looked_at)

    def rest(self, quiet: bool) -> None:
        """Hear whether nobody is there who waits for news."""
        with self._resting:
            self._quiet = quiet
            if (uploader := self._uploader) is not None:
                uploader.rest(quiet)

    @property
    def signin(self) -> SignIn | None:
        """The sign-in in use, None before there is one."""
        session = self._session
        return session.signin if session is not None else None

    def flush(self, timeout_s: float) -> None:
        """Give what waits a last chance, ``timeout_s`` real seconds at most; what is not sent is kept."""
        uploader = self._uploader
        counts = self._outbox.counts()
        if uploader is None or not self.status.online or counts.segments + counts.hours == 0:
            return
        self._sent.clear()
        uploader.nudge()
        self._sent.wait(timeout_s)

    def stop(self) -> None:
        """End the uploader."""
        self._closing = True
        if (uploader := self._uploader) is not None:
            uploader.stop()

    @property
    def signed_in(self) -> bool:
        """Whether the marketplace knows whose time this is, as far as it was heard."""
        problem = self.status.problem or self.problem
        ended = problem is not None and problem.code.startswith(("signed_out", "token_file"))
        return bool(self.server) and not self._out and not ended

    @property
    def news(self) -> tuple[object, ...]:
        """What the tray icon tells of the link; it costs nothing to ask."""
        return self.status.online, self.status.quarantined, self.status.problem, self.status.notices, self.problem

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
            hours=counts.hours,
            oldest_s=None if oldest is None else max(0, self._now() - oldest),
        )

    def jobs_of_others(self) -> frozenset[UUID]:
        """Return the jobs of other people who record on this computer, as far as they are known."""
        return self._owners.jobs_of_others(self._kept.account)

    def others(self) -> tuple[Problem, ...]:
        """Return what to tell of other people's records that wait here for them."""
        names = {self._owners.name_of(job) for job in self._outbox.held_back()}
        return tuple(_kept_for(name) for name in sorted(names))

    # On threads of their own

    def _on_a_thread(self, act: Callable[[], None]) -> None:
        def run() -> None:
            try:
                with self._changing:
                    act()
            except FairhourError as error:
                log.warning("sign-in: %s", error)
                self.problem = error.problem
            except Exception:  # top of the thread: recording goes on without the marketplace
                log.exception("the sign-in could not be changed")
            self.status_changed.emit()

        threading.Thread(target=run, name="sign-in", daemon=True).start()

    @property
    def _uploader(self) -> Uploader | None:
        session = self._session
        return session.uploader if session is not None else None

    def _begin(self) -> None:
        from sync.signin import take_handover

        token = None
        if self._settings.token_file is not None and self._settings.token_file.exists():
            handover = take_handover(self._settings.token_file)
            self.server, self.client_id, token = handover.server, handover.client_id, handover.refresh_token
        if self.server:
            self._open(token)

    def _use(self, server: str, refresh_token: str, account: str) -> None:
        self._leave()
        self.server = server
        session = self._open(refresh_token, account)
        if not self._secrets().lasting:
            self.not_kept.emit(self._secrets().locked)
        log.info("signed in at %s", session.signin.server)

    def _sign_out(self) -> None:
        session = self._leave()
        self._out = True
        self.status_changed.emit()
        if session is None:
            return
        try:
            heard = session.signin.sign_out()
        except FairhourError as error:
            # The keyring is locked: what is in there would sign in again at the next start.
            self._out = False
            raise failure(
                "sign_out_locked",
                "Not signed out",
                "This computer's keyring is locked, and the sign-in is inside.",
                "Unlock the keyring and sign out again, or sign this device out on the marketplace's page of devices.",
                retryable=True,
            ) from error
        finally:
            self._open(None)
        if not heard:
            self.problem = make_problem(
                "sign_out_unheard",
                "Signed out on this computer only",
                "The marketplace could not be told.",
                "Sign this device out on the marketplace's page of devices, too.",
            )

    def _keep_in_file(self) -> None:
        if self._secrets().lasting:
            return
        try:
            self._secrets().use_file()
        except OSError as error:
            self.problem = make_problem(
                "sign_in_not_kept",
                "The sign-in could not be kept",
                "The disk did not take it ({detail}). It lasts until Fairhour ends.",
                "Free some space on the disk, and sign in again then.",
                detail=error.strerror or error,
            )

    def _secrets(self) -> SecretStore:
        from sync.keyring_away import away
        from sync.secrets import SecretStore

        if self._store is None:
            self._store = SecretStore(self._settings.home / "sign-in.json", errand=away)
        return self._store

    def _leave(self) -> _Session | None:
        """Stop what runs; nothing is offered until the next account is known."""
        session, self._session = self._session, None
        self._outbox.hold_back_all()
        if session is not None:
            session.over = True
            if session.uploader is not None:
                session.uploader.stop()
        self.status, self.problem = SyncStatus(), None
        return session

    def _open(self, refresh_token: str | None, account: str = "") -> _Session:
        from sync.client import MarketplaceClient
        from sync.signin import SignIn

        asker = {"device": str(self._outbox.device), "device_name": self._outbox.device_name}
        signin = SignIn(
            self.server,
            self.client_id,
            self._secrets(),
            asker=asker,
            account_is=lambda said: self._account_is(session, said),
            proxy=self.proxy,
        )
        session = _Session(signin)
        if refresh_token is not None:
            signin.adopt(refresh_token)
        if account:
            self._account_is(session, account)
        fast = self._rate > 1
        uploader = Uploader(
            self._outbox,
            MarketplaceClient(signin),
            Listeners(
                status=lambda status: self._heard(session, status),
                jobs=lambda jobs: self._jobs(session, jobs),
                week=lambda week: self._week(session, week),
                hours=lambda: None if session.over else self.hours_came.emit(),
            ),
            now=self._now,
            period_s=FAST_PERIOD_S if fast else PERIOD_S,
            poll_s=FAST_POLL_S if fast else POLL_S,
        )
        if not self._closing:
            with self._resting:
                session.uploader, self._session = uploader, session
                uploader.rest(self._quiet)
            uploader.watch(self._watched)
            uploader.look_at(self._looked_at)
            uploader.start()
        return session

    def _account_is(self, session: _Session, account: str) -> None:
        """Hear whose tokens are in use, before one of them is."""
        if session.over:
            return
        before = self._kept
        self._out = False
        self._kept = Kept(self.server, self.client_id, account)
        self._admit()
        if self._kept != before:
            save_account(self._account_path, self._kept)
        if before.account and before.account != account:
            log.info("another account than before is signed in")
            session.jobs, session.weeks = None, {}
            self.somebody_else.emit()

    def _heard(self, session: _Session, status: SyncStatus) -> None:
        if session.over:
            return
        if status.last_ok != self.status.last_ok:
            self._answered_at = time.monotonic()
        if status.segments + status.hours == 0:
            self._sent.set()
        before, self.status = self.status, status
        if status.news != before.news:
            self.status_changed.emit()

    def _jobs(self, session: _Session, jobs: JobList) -> None:
        """Note whose jobs these are before anything can be recorded for them."""
        if session.over or (said := _jobs_without_growth(jobs)) == session.jobs:
            return
        try:
            self._owners.add(self._kept.account, [job.id for job in jobs.jobs], jobs.person)
        except OSError as error:
            log.warning("whose jobs these are could not be kept, they come again: %s", error)
            return
        # Told again until it is kept whose they are, and what may be offered.
        session.jobs = said if self._admit() else None
        self.jobs_came.emit(jobs)

    def _week(self, session: _Session, week: WeekView) -> None:
        if session.over:
            return
        before, session.weeks[week.job] = session.weeks.get(week.job), week
        if before is None or not _has_but_grown(before, week, self._outbox.device):
            self.week_came.emit(week)

    def _admit(self) -> bool:
        """Let the outbox offer what is this account's; while that can't be kept, nothing, and the next poll tries."""
        try:
            admit(self._kept.account, self._outbox, self._owners)
        except OSError as error:
            log.warning("whose records these are could not be kept, nothing is sent: %s", error)
            return False
        return True


def _jobs_without_growth(jobs: JobList) -> JobList:
    """Return what is news of a list of jobs: not what was recorded here in between, whose sums are made here."""
    each = (msgspec.structs.replace(job, week_tracked_s=0) for job in jobs.jobs)
    return msgspec.structs.replace(jobs, now=0, jobs=tuple(each))


_SUMS = ("now", "tracked_s", "idle_s", "protected_s", "amount_minor")


def _has_but_grown(before: WeekView, week: WeekView, device: UUID) -> bool:
    """Tell whether nothing else is new of a week, likewise. Most of its tiles are as they were, to the second."""
    same = {name: getattr(before, name) for name in _SUMS}
    if len(before.tiles) != len(week.tiles) or msgspec.structs.replace(week, tiles=before.tiles, **same) != before:
        return False
    changed = [pair for pair in zip(before.tiles, week.tiles, strict=True) if pair[0] != pair[1]]
    return all(
        one.device == device and msgspec.structs.replace(one, tracked_s=was.tracked_s, idle_s=was.idle_s) == was
        for was, one in changed
    )


def _kept_for(name: str) -> Problem:
    if not name:
        return make_problem(
            "others_records",
            "Somebody else's records are kept here",
            "They were recorded on this computer, and are never sent to another account.",
            "Nothing: they are sent when that person signs in here again.",
        )
    return make_problem(
        "others_records",
        "Records of {name} are kept here",
        "They were recorded on this computer, and are never sent to another account.",
        "Nothing: they are sent when {name} signs in here again.",
        name=name,
    )
