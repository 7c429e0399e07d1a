"""What there is to see of the tracker, gathered from its parts: all of it, or what icon and tip tell.

How it is put together is in ``views``; when, in ``pace`` and ``face``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sync.journal import Journal
from tracker_app.account import AccountDesk
from tracker_app.hidden_file import HiddenFile
from tracker_app.link import Link
from tracker_app.ports import Clock
from tracker_app.preferences import Notice, PreferencesFile
from tracker_app.recorder import Recorder
from tracker_app.views import Known, glance, tracker_view
from tracker_app.week_book import WeekBook
from ui.models import SyncView, TrackerView
from worktime.errors import FairhourError, Problem
from worktime.wire import JobView


@dataclass(kw_only=True, eq=False, repr=False)
class Sight:
    """``chosen``: the job that is recorded or chosen; ``counting``: whether the user has its keys and clicks counted;
    ``here``: what has gone wrong on this computer, most urgent first, None for what has not."""

    recorder: Recorder
    journal: Journal
    link: Link
    account: AccountDesk
    book: WeekBook
    clock: Clock
    preferences: PreferencesFile
    hidden: HiddenFile
    jobs: Callable[[], tuple[JobView, ...]]
    chosen: Callable[[], UUID | None]
    person: Callable[[], str]
    counting: Callable[[UUID | None], bool]
    here: Callable[[], Iterable[Problem | None]]
    _nothing_waits: object = field(default=None, init=False)

    def whole(self) -> TrackerView:
        """Return everything that windows and menu show. Raises FairhourError."""
        job, now = self.chosen(), self.clock.second()
        self.book.turn(now)
        return tracker_view(
            Known(
                now=now,
                state=self.recorder.state,
                jobs=self.jobs(),
                chosen=job,
                person=self.person(),
                sync=self.link.view(),
                account=self.account.account,
                signin=self.account.view(),
                problems=self.problems(),
                rate=self.clock.rate,
                hold_s=self.preferences.now.hold_s,
                counting=self.counting(job),
                hiding=self.hidden.rules.count,
                tell_pictures=self.preferences.now.notice is not Notice.NONE,
            ),
            self.book,
            self.journal,
        )

    def glance(self) -> TrackerView:
        """Return what icon and tip tell, see ``views.glance``. Raises FairhourError."""
        now = self.clock.second()
        self.book.turn(now)
        sync, problems = self._waiting()
        return glance(
            Known(
                now=now,
                state=self.recorder.state,
                jobs=self.jobs(),
                chosen=self.chosen(),
                sync=sync,
                account=self.account.account,
                problems=self._with(problems),
                rate=self.clock.rate,
                hold_s=self.preferences.now.hold_s,
                tell_pictures=self.preferences.now.notice is not Notice.NONE,
            ),
            self.book,
            self.journal,
        )

    def problems(self) -> tuple[Problem, ...]:
        """Return everything that is wrong now, most urgent first. Raises FairhourError."""
        return self._with(self._of_records())

    def _waiting(self) -> tuple[SyncView, tuple[Problem, ...]]:
        """What waits, as far as the icon tells it, and what is wrong with it.

        The journal is not asked while there can be nothing: the marketplace answers, it has everything and has refused
        nothing, and so it was when the journal was asked last.
        """
        status, news = self.link.status, (self.link.signin, self.link.news, self.journal.outbox.hours.overruled)
        rests = status.online and not (status.segments or status.pictures or status.hours or status.quarantined)
        if rests and self._nothing_waits == news:
            return SyncView(), ()
        try:
            sync, problems = self.link.view(), self._of_records()
        except FairhourError as error:
            # The record can't be read: that is what there is to tell.
            self._nothing_waits = None
            return SyncView(online=status.online), (error.problem,)
        self._nothing_waits = news if rests and not (sync.quarantined or problems) else None
        return sync, problems

    def _of_records(self) -> tuple[Problem, ...]:
        return *self.journal.outbox.problems(), *self.link.others()

    def _with(self, of_records: tuple[Problem, ...]) -> tuple[Problem, ...]:
        status = self.link.status
        sync = (status.problem, self.link.problem)
        found = [
            *self.here(),
            *(one for one in sync if one is not None and one.code not in ("offline", "signed_out")),
            *status.notices,
            *of_records,
        ]
        return tuple(dict.fromkeys(problem for problem in found if problem is not None))
