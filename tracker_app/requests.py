"""What a request on the control socket means: it is carried out as tray and window would, and answered with the state.

The socket itself and the shape of a request are in ``control``; the command line that asks is ``cli``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer

from sync.journal import Journal
from tracker_app.account import AccountDesk
from tracker_app.control import Request
from tracker_app.hotkeys_desk import PRIVATE, START_STOP
from tracker_app.input_probe import Probe
from tracker_app.link import Link
from tracker_app.other_hours import HoursDesk
from tracker_app.ports import Clock
from tracker_app.recorder import Recorder
from tracker_app.tasks import Tasks
from tracker_app.views import activity_of, quarantine_entry, quarantine_view
from tracker_app.week_book import WeekBook
from ui import words
from ui.shell import Shell
from worktime.errors import Problem, failure
from worktime.wire import JobView

ACTIVATION = "XDG_ACTIVATION_TOKEN"
PRIVATE_MAX_MIN = 240


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Requests:
    """The running tracker as a request sees it. ``chosen``: the job that is recorded or chosen; ``sample``: of the
    sample mode, in which a request can say at which second it is to be done."""

    recorder: Recorder
    journal: Journal
    link: Link
    account: AccountDesk
    book: WeekBook
    clock: Clock
    probe: Probe
    shell: Shell
    hours: HoursDesk
    jobs: Callable[[], tuple[JobView, ...]]
    chosen: Callable[[], UUID | None]
    person: Callable[[], str]
    problems: Callable[[], tuple[Problem, ...]]
    start: Callable[[UUID, int | None], None]
    comment: Callable[[str], None]
    quit: Callable[[], None]
    doing: Callable[[Callable[[], None]], None]
    tasks: Tasks
    sample: bool

    def answer(self, request: Request) -> dict[str, Any]:
        """Carry a request out. Raises FairhourError when it can't be."""
        if request.at is not None and not self.sample:
            raise failure(
                "sample_only",
                "Only in the sample mode",
                "A second to act at can be given in the sample mode alone.",
                "Leave it out.",
            )
        match request.do:
            case "status":
                pass
            case "start":
                self._start(request)
            case "stop":
                self.recorder.stop(at=request.at)
            case "resume":
                self.recorder.resume()
            case "toggle":
                self._toggle(request)
            case "private":
                self._private(request)
            case "comment":
                self.comment(request.text or "")
            case "sign_in":
                self.account.sign_in(request.text or "")
            case "cancel_sign_in":
                self.account.cancel()
            case "sign_out":
                self.account.sign_out()
            case "keep_in_file":
                self.link.keep_in_file()
            case "week":
                return self.week()
            case "hours":
                from tracker_app.hours_requests import listing

                return listing(self.hours, self.jobs())
            case "hours_add":
                from tracker_app.hours_requests import add

                return add(self.hours, self.jobs(), request)
            case "export" | "diagnostics":
                self.tasks.start(request.do, Path(request.path or "."))
                return {"tasks": self.tasks.status()}
            case "tasks":
                return {"tasks": self.tasks.status()}
            case "cancel_task":
                self.tasks.cancel()
            case "quarantine":
                view = quarantine_view(self.journal.quarantine.items(), self.jobs(), self.book.zone)
                return {"items": [quarantine_entry(item) for item in view.items]}
            case "show":
                if request.token:
                    # Qt hands it to the compositor with the next wish to be in front, and forgets it.
                    os.environ[ACTIVATION] = request.token
                self.shell.show_window()
            case "quit":
                QTimer.singleShot(0, self.quit)
            case other:
                raise failure(
                    "request", "Request not understood", "There is no request '{name}'.", "Update Fairhour.", name=other
                )
        return self.status()

    def status(self) -> dict[str, Any]:
        """Return what is recorded, what waits to be sent, and what is wrong."""
        job, now, sync = self.chosen(), self.clock.second(), self.link.view()
        self.book.turn(now)
        return {
            "state": str(activity_of(self.recorder.state)),
            "job": str(job) if job else None,
            "job_title": next((each.title for each in self.jobs() if each.id == job), ""),
            "today_s": self.book.today_s(job, now) if job else 0,
            "week_s": self.book.week_s(job) if job else 0,
            "counting": self.probe.counting,
            "unsent": {
                "segments": sync.segments,
                "pictures": sync.pictures,
                "hours": sync.hours,
                "quarantined": sync.quarantined,
            },
            "oldest_unsent_s": sync.oldest_s,
            "online": sync.online,
            "signed_in": self.link.signed_in,
            "sign_in": self.account.status(),
            "person": self.person(),
            "now": now,
            "rate": self.clock.rate,
            "jobs": [
                {
                    "id": str(each.id),
                    "title": each.title,
                    "currency": each.currency,
                    "rate_minor": each.rate_minor,
                    "ready": each.ready,
                }
                for each in self.jobs()
            ],
            "spool": str(self.journal.spool.seal.state),
            "problems": [problem.code for problem in self.problems()],
        }

    def week(self) -> dict[str, Any]:
        """Return the ET work week of each job: the viewer's days, what is protected, and when it is submitted."""
        now = self.clock.second()
        self.book.turn(now)
        jobs = [self._week(job, now) for job in self.jobs()]
        return {"week_start": self.book.week_start, "zone": self.book.zone, "jobs": jobs}

    def _week(self, job: JobView, now: int) -> dict[str, Any]:
        protection = asdict(self.book.protection(job))
        return {
            "id": str(job.id),
            "title": job.title,
            "client": job.client,
            "tracked_s": self.book.week_s(job.id),
            "authorized_s": job.authorized_s,
            "protected_s": protection.pop("protected_s"),
            "unprotected": {name.removesuffix("_s"): seconds for name, seconds in protection.items() if seconds},
            "submits_at": job.submits_at,
            "days": [
                {"date": day.date.isoformat(), "tracked_s": day.tracked_s} for day in self.book.by_day(job.id, now)
            ],
        }

    def pressed(self, name: str) -> None:
        """Do what keys were pressed for; what is wrong with it is shown as if it had been done in the window."""
        self.doing(lambda: {START_STOP: self._toggle, PRIVATE: self._private}[name](Request(name)))

    def _toggle(self, request: Request) -> None:
        """Stop what is recorded; else go on with what is paused, or start."""
        if self.recorder.running is not None:
            self.recorder.stop(at=request.at)
        elif self.recorder.paused is not None:
            self.recorder.resume()
        else:
            self._start(request)

    def _private(self, request: Request) -> None:
        minutes = request.text or str(words.PRIVATE_MINUTES[0])
        if not (minutes.isascii() and minutes.isdigit() and 1 <= int(minutes) <= PRIVATE_MAX_MIN):
            raise failure(
                "private_minutes",
                "Minutes not understood",
                "'{minutes}' is no length of a private pause; it can be 1 to {most} minutes.",
                "Correct it and try again.",
                minutes=minutes,
                most=PRIVATE_MAX_MIN,
            )
        self.recorder.private(60 * int(minutes))

    def _start(self, request: Request) -> None:
        job = request.job or self.chosen()
        if job is None:
            raise failure("no_job", "No such job", "There is no job yet.", "Sign in, and accept a job.")
        self.start(job, request.at)
