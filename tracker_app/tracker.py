"""The running tracker: recorder, journal, link and face put together, on Qt's thread.

``main`` makes one, shows it and ends it. Here events are carried from one to the other; nothing is decided but what
belongs to the program itself (which job is chosen, what a request on the control socket means).
"""

from __future__ import annotations

import logging
import os
import queue
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from sync.journal import Journal
from tracker_app.account import AccountDesk
from tracker_app.camera import PictureTaker
from tracker_app.clock import TrackerClock
from tracker_app.coming_back import ask_return
from tracker_app.control import ControlServer
from tracker_app.face import Face
from tracker_app.first_seen import is_first_start
from tracker_app.hidden_file import HiddenFile
from tracker_app.hiding import desktop_screens, grab_hidden
from tracker_app.hotkeys_desk import HotkeysDesk
from tracker_app.input_probe import Probe
from tracker_app.jobs_file import forget_jobs, load_jobs, save_jobs, unknown_job
from tracker_app.late_windows import LateWindows
from tracker_app.link import Link
from tracker_app.notices import NoticeDesk
from tracker_app.other_hours import HoursDesk
from tracker_app.preferences import Preferences, PreferencesFile
from tracker_app.recorder import Recorder
from tracker_app.reminding import ReminderDesk
from tracker_app.requests import Requests
from tracker_app.rounds import Rounds
from tracker_app.session import SessionDesk
from tracker_app.settings import Settings
from tracker_app.sight import Sight
from tracker_app.sources import open_camera, open_counts, open_input, system_zone
from tracker_app.tasks import Tasks, makers
from tracker_app.views import notice_view
from tracker_app.web_pages import ASSISTANCE, open_page, tile_page, work_page
from tracker_app.week_book import WeekBook
from ui.actions import UiActions
from ui.first_icon import FirstIcon
from ui.models import NoticeView
from ui.shell import Shell
from ui.theme import Choice
from worktime.derive import Facts
from worktime.errors import FairhourError, Problem
from worktime.ids import RANDOM_BYTES, uuid7
from worktime.tracking_values import Announce, AskReturn, PictureFailed, PictureTaken
from worktime.wire import JobList, JobView, WeekView

log = logging.getLogger(__name__)

LAST_PICTURE_S = 3.0
LAST_SENDING_S = 2.0
_CHOSEN = "job/chosen"
_COUNTED = "counts/{job}"


class Tracker(QObject):
    """One running tracker; ``first``: its icon, if that stands already. Raises FairhourError when its record can't be
    opened."""

    ended = Signal()
    _answered = Signal()

    def __init__(self, app: QApplication, settings: Settings, first: FirstIcon | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._clock = TrackerClock(settings.clock)
        self.preferences = PreferencesFile(settings.home, settings.fixed)
        self._journal = Journal(
            settings.home,
            new_device=self._new_id,
            device_name=settings.device_name,
            hold_s=self.preferences.now.hold_s,
            keep_days=self.preferences.now.keep_days,
        )
        self._remembered = QSettings(str(settings.home / "window.ini"), QSettings.Format.IniFormat)
        self._answers: queue.SimpleQueue[PictureTaken | PictureFailed] = queue.SimpleQueue()
        self._hidden = HiddenFile(settings.home)
        self._camera = PictureTaker(
            self._clock,
            open_camera,
            hide=lambda source: self._notices.without(lambda: grab_hidden(source, self._hidden.now, desktop_screens)),
            spool=self._journal.spooled,
            answer=self._picture_came,
            new_id=self._new_id,
            scale=lambda: self.preferences.now.picture_scale,
        )
        self._probe = Probe(self._clock, open_input, open_counts)
        self.recorder = Recorder(
            clock=self._clock, record=self._journal, probe=self._probe, camera=self._camera, listener=self
        )
        self._session = SessionDesk(app, self.recorder)
        self._hotkeys = HotkeysDesk()
        self._link = Link(
            settings,
            self._journal.outbox,
            self._clock.second,
            self._clock.rate,
            proxy=lambda: self.preferences.now.proxy,
        )
        outbox = self._journal.outbox
        asker = {"device": str(outbox.device), "device_name": outbox.device_name}
        self._account = AccountDesk(self._link, asker)
        self.hours = HoursDesk(outbox.hours, self._clock.second, self._new_id, self._link.nudge)
        self._book = WeekBook(self._journal, outbox.device, system_zone(), lambda: self.recorder.state.current)
        self._jobs_path = settings.home / "jobs.json"
        self._jobs = load_jobs(self._jobs_path)
        self._ending = False
        self._refused: Problem | None = None
        self._rounds = Rounds(
            self,
            self._clock,
            self.recorder,
            seen=lambda: self.shell.seen,
            age_ms=lambda: self._probe.age_ms,
            look=self._look,
            news=lambda: (self._problems_here(), self._link.news),
            refresh=self._refresh,
            quiet=self._link.rest,
        )
        self.actions = UiActions()
        self.shell = Shell(
            app,
            self.actions,
            self._remembered,
            choice=Choice(self.preferences.now.theme),
            read=self._journal.spool.look,
            first=first,
        )
        self._notices = NoticeDesk(self.shell, self._noticed, lambda: self.preferences.now.notice)
        self._sight = Sight(
            recorder=self.recorder,
            journal=self._journal,
            link=self._link,
            account=self._account,
            book=self._book,
            clock=self._clock,
            preferences=self.preferences,
            hidden=self._hidden,
            jobs=self._job_list,
            chosen=self._job_id,
            person=self._person,
            counting=self._counts_preferred,
            here=self._problems_here,
        )
        self._face = Face(
            self.shell,
            whole=self._sight.whole,
            glance=self._sight.glance,
            shown=self._notices.refresh,
            over=lambda: self._ending,
        )
        self._tasks = Tasks(
            makers(
                settings.home,
                self._journal.export,
                preferences=lambda: self.preferences.now,
                others=self._link.jobs_of_others,
                status=lambda: self.requests.status(),
            )
        )
        self.late = LateWindows(
            home=settings.home,
            shell=self.shell,
            recorder=self.recorder,
            camera=self._camera,
            hidden=self._hidden,
            link=self._link,
            entries=self.hours,
            preferences=self.preferences,
            hotkeys=self._hotkeys,
            tasks=self._tasks,
            jobs=self._job_list,
            chosen=self._job_id,
            refresh=self._refresh,
            quit=self.quit,
            journal=self._journal,
            book=self._book,
            clock=self._clock,
            doing=self._doing,
        )
        self.requests = Requests(
            recorder=self.recorder,
            journal=self._journal,
            link=self._link,
            account=self._account,
            book=self._book,
            clock=self._clock,
            probe=self._probe,
            shell=self.shell,
            hours=self.hours,
            jobs=self._job_list,
            chosen=self._job_id,
            person=self._person,
            problems=self._sight.problems,
            start=self._start_job,
            comment=self._comment,
            quit=self.quit,
            doing=self._doing,
            tasks=self._tasks,
            sample=settings.sample,
        )
        self._control = ControlServer(settings.home, self.requests.answer, self)
        self._reminding = ReminderDesk(self.shell, self.actions, self._sight.whole, lambda: self.preferences.now)
        self._connect(app)

    def start(self, *, hidden: bool = False) -> None:
        """Recover what was cut, show the icon, and begin to tick; the rest is loaded afterwards."""
        self.recorder.recover()
        self._refresh()
        self.shell.start(hidden=hidden)
        if not (hidden or self._settings.sample or self._jobs) and is_first_start(self._settings.home):
            QTimer.singleShot(0, self.late.show_first_steps)
        self._rounds.begin()
        QTimer.singleShot(0, self._start_the_rest)

    def quit(self) -> None:
        """Stop recording durably, give the last picture and the last segments a moment, and end."""
        if self._ending:
            return
        self._ending = True
        self._rounds.stop()
        # The last picture is taken while this thread waits for it: a notice must be gone before.
        self._notices.close()
        self._reminding.close()
        try:
            self.recorder.stop()
        except FairhourError as error:
            # What is open is closed at the next start, at the last second that was kept.
            log.warning("the end could not be recorded: %s", error)
        if not self._camera.finish(LAST_PICTURE_S):
            log.warning("the last picture did not come in time")
        self._take_answers()
        self._link.flush(LAST_SENDING_S)
        self._account.cancel()
        self._link.stop()
        self._camera.close()
        self._probe.close()
        self._session.close()
        self._hotkeys.close()
        self._tasks.close()
        self._control.close()
        self.shell.close()
        # Qt would write it some time later, and the folder may be moved next.
        self._remembered.sync()
        self._journal.close()
        self.ended.emit()

    # What the recorder tells

    def announced(self, announce: Announce) -> None:
        """Something happened: show it, and send it."""
        log.info("%s%s", announce.notice, f" ({announce.cause})" if announce.cause else "")
        if (running := self.recorder.running) is not None and running.work_view:
            QTimer.singleShot(0, lambda: None if self._ending else self._notices.make_ready())
        self._count_where_both_want_it()
        self._link.watch(self._job_id())
        self._rounds.happened()

    def asked(self, question: AskReturn) -> None:
        """Ask the user on return."""
        ask_return(self.shell, question, self._job_list(), self._book.zone, self.hours.add_other_hours)

    def touched(self, facts: Facts) -> None:
        """A segment has changed."""
        self._book.touch(facts)

    def recorded(self) -> None:
        """Something is on the record that the marketplace does not know."""
        self._rounds.happened()
        self._link.nudge()

    # Inside

    def _connect(self, app: QApplication) -> None:
        act = self.actions
        act.start.connect(lambda job: self._doing(lambda: self._start_job(job)))
        act.switch.connect(lambda job: self._doing(lambda: self._start_job(job)))
        act.choose.connect(lambda job: self._doing(lambda: self._choose(job)))
        act.work_view.connect(lambda on: self._doing(lambda: self.recorder.set_work_view(on=on)))
        act.count_input.connect(lambda on: self._doing(lambda: self._prefer_counts(on=on)))
        act.stop.connect(lambda: self._doing(self.recorder.stop))
        self.late.connect(act)
        act.private.connect(lambda seconds: self._doing(lambda: self.recorder.private(seconds)))
        act.resume.connect(lambda: self._doing(self.recorder.resume))
        act.comment.connect(lambda text: self._doing(lambda: self._comment(text)))
        act.tile_comment.connect(
            lambda job, slot, text: self._doing(lambda: self.recorder.comment(text, job=job, slot=slot))
        )
        act.delete_tile.connect(lambda job, slot: self._doing(lambda: self.recorder.delete(job, slot)))
        act.open_web.connect(lambda: self._doing(lambda: open_page(self._link.server, work_page(self._job_id()))))
        act.tile_web.connect(lambda job, slot: self._doing(lambda: self._open_tile(job, slot)))
        act.assistance.connect(lambda job, slot: self._doing(lambda: self._open_tile(job, slot, ASSISTANCE)))
        act.sign_in.connect(self._sign_in)
        act.cancel_sign_in.connect(self._account.cancel)
        act.sign_out.connect(lambda: self._doing(self._account.sign_out))
        act.keep_in_file.connect(self._link.keep_in_file)
        act.quit.connect(self.quit)
        queued = Qt.ConnectionType.QueuedConnection
        self._answered.connect(self._take_answers, queued)
        self._link.status_changed.connect(self._refresh_if_seen, queued)
        self._link.jobs_came.connect(self._jobs_came, queued)
        self._link.week_came.connect(self._week_came, queued)
        self._link.somebody_else.connect(self._somebody_else, queued)
        self._link.not_kept.connect(self.shell.ask_keeping, queued)
        self.shell.looked.connect(self._rounds.soon)
        self._account.changed.connect(self._refresh)
        self._session.told.connect(self._refresh)
        self._hotkeys.pressed.connect(self.requests.pressed)
        self.preferences.listen(self._preferred)
        # The way of those who end the loop without asking us.
        app.aboutToQuit.connect(self.quit)

    def _start_the_rest(self) -> None:
        self._probe.open_soon()
        self._camera.open_soon()
        self._journal.spool.seal.unlock_soon()
        self._link.watch(self._job_id())
        self._link.start()
        self._session.open()
        self._hotkeys.use(self.preferences.now.hotkeys)

    def _look(self) -> None:
        """See what time has done."""
        now = self._clock.second()
        self._book.turn(now)
        self._reminding.look(now, self._probe.last, self._book.zone, self.recorder.phase)

    def _refresh(self) -> None:
        self._rounds.refreshed()
        self._face.refresh()

    def _refresh_if_seen(self) -> None:
        """Show how sending goes. Unseen it can wait for the next time; ``Link.news`` can't."""
        if self.shell.seen:
            self._refresh()

    def _problems_here(self) -> tuple[Problem | None, ...]:
        """What may go wrong from one tick to the next; looking costs nothing, on any thread."""
        runs = self.recorder.running is not None
        return (
            self._refused,
            self.recorder.problem,
            self._journal.problem,
            self.preferences.problem,
            self._hidden.problem,
            self._camera.problem if runs else None,
            self._probe.problem if runs else None,
            self._probe.counting_problem,
        )

    def _doing(self, act: Callable[[], None]) -> None:
        """Carry out what the user wants in tray or window, and show what became of it."""
        self._refused = None
        try:
            act()
        except FairhourError as error:
            log.warning("refused: %s", error)
            self._refused = error.problem
        self._refresh()

    def _preferred(self, now: Preferences) -> None:
        """The user has chosen otherwise: what can follow at once does."""
        self._journal.keep_pictures(hold_s=now.hold_s, keep_days=now.keep_days)
        self._link.nudge()
        self.shell.theme.choose(Choice(now.theme))
        self._hotkeys.use(now.hotkeys)
        self._refresh()

    # Jobs

    def _job_list(self) -> tuple[JobView, ...]:
        return self._jobs.jobs if self._jobs else ()

    def _person(self) -> str:
        return self._jobs.person if self._jobs else ""

    def _job_id(self) -> UUID | None:
        if (phase := self.recorder.phase) is not None:
            return phase.job
        jobs = self._job_list()
        named = str(self._remembered.value(_CHOSEN, ""))
        return next((job.id for job in jobs if str(job.id) == named), jobs[0].id if jobs else None)

    def _choose(self, job: UUID) -> None:
        """Another job while one is paused ends that pause: it would stand in the way of what was chosen."""
        if self.recorder.paused is not None and self.recorder.paused.job != job:
            self.recorder.stop()
        self._prefer(job)

    def _prefer(self, job: UUID) -> None:
        self._remembered.setValue(_CHOSEN, str(job))
        self._link.watch(self._job_id())
        self._refresh()

    # Counts of keys and clicks: only where job and freelancer both switched them on (rules.md, Tracking 9)

    def _counts_preferred(self, job: UUID | None) -> bool:
        return bool(self._remembered.value(_COUNTED.format(job=job), False, type=bool))

    def _prefer_counts(self, *, on: bool) -> None:
        self._remembered.setValue(_COUNTED.format(job=self._job_id()), on)
        self._count_where_both_want_it()

    def _count_where_both_want_it(self) -> None:
        running = self.recorder.running
        job = next((each for each in self._job_list() if running is not None and each.id == running.job), None)
        self._probe.count(on=job is not None and job.input_counts and self._counts_preferred(job.id))

    def _start_job(self, job: UUID, at: int | None = None) -> None:
        known = next((each for each in self._job_list() if each.id == job), None)
        if known is None:
            raise unknown_job()
        self._prefer(job)
        wanted = known.work_view and str(job) not in self.preferences.now.work_view_off
        self.recorder.start(job, work_view=wanted, at=at)
        self._rounds.soon()

    def _comment(self, text: str) -> None:
        self.recorder.comment(text, job=self._job_id())

    def _jobs_came(self, jobs: JobList) -> None:
        if self._ending:
            return
        self._jobs = jobs
        save_jobs(self._jobs_path, jobs)
        self.late.jobs_came()
        self._count_where_both_want_it()
        self._link.watch(self._job_id())
        self._refresh()

    def _week_came(self, week: WeekView) -> None:
        self._book.heard(week)
        self._refresh()

    # The account

    def _sign_in(self, server: str) -> None:
        """What is wrong with the address is said where it was typed."""
        with suppress(FairhourError):
            self._account.sign_in(server)

    def _somebody_else(self) -> None:
        """Another account is signed in: what runs was the other person's, and so are the jobs that are known."""
        self.recorder.stop()
        self._jobs = None
        forget_jobs(self._jobs_path)
        self._link.watch(None)
        self._refresh()

    def _open_tile(self, job: UUID, slot: int, part: str = "") -> None:
        open_page(self._link.server, tile_page(job, self._book.segment_id(job, slot), part))

    # Pictures

    def _picture_came(self, answer: PictureTaken | PictureFailed) -> None:
        """On the camera's threads."""
        self._answers.put(answer)
        self._answered.emit()

    def _take_answers(self) -> None:
        while not self._answers.empty():
            answer = self._answers.get()
            self.recorder.picture(answer)
            if isinstance(answer, PictureTaken) and not self._ending:
                self._notices.came(answer)
        self._refresh()

    def _noticed(self, job: UUID, slot: int) -> NoticeView | None:
        hold_s = self.preferences.now.hold_s
        return notice_view(self._clock, self._job_list(), hold_s, self._book, self._journal, (job, slot))

    def _new_id(self) -> UUID:
        return uuid7(max(0, self._clock.now_us() // 1000), os.urandom(RANDOM_BYTES))
