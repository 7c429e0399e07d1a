"""Takes pictures at their moments: one thread waits and grabs, another encodes and puts them into the spool.

The waiting thread is its own, so that a busy event loop does not delay a moment; the grab's true time is read just
before it. Each alarm that went off, and each grab, is answered exactly once: PictureTaken or PictureFailed.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from tracker_app.ports import Clock
from worktime.errors import FairhourError, Problem
from worktime.slots import slot_of
from worktime.tracking_values import Alarm, Grab, PictureFailed, PictureTaken
from worktime.wire import MAX_REDACTED, NoPicture, PictureRef

if TYPE_CHECKING:
    from capture import RawPicture, ScreenSource, Shot
    from capture.redaction import Redacted

log = logging.getLogger(__name__)

LONGEST_WAIT_S = 60.0
"""Real seconds after which the waiting thread looks at the clock again: the machine may have slept, and whoever counts
the seconds has not said so."""

Answer = Callable[[PictureTaken | PictureFailed], None]
Spool = Callable[[PictureTaken, bytes, bytes], None]
Hide = Callable[["ScreenSource"], "Redacted"]
"""Grabs a picture, with what the freelancer wants hidden hidden already (``capture.redaction.Redactor.grab``)."""
Shown = Callable[["Redacted | Problem"], None]
Develop = Callable[["RawPicture", int], "Shot"]
"""Encodes pixels at so many per cent of their width and height. Raises FairhourError."""


def _darkroom(raw: RawPicture, scale: int) -> Shot:
    # Loaded with the first picture.
    import capture

    return capture.develop(raw, scale)


class _Task(msgspec.Struct, frozen=True):
    """A picture to take."""

    job: UUID
    slot: int
    attempt: int
    leaving: bool


class _Grabbed(msgspec.Struct, frozen=True):
    """A picture to encode."""

    task: _Task
    at: int
    raw: RawPicture


class _Look(msgspec.Struct, frozen=True):
    """A picture that is only looked at, on this computer."""

    shown: Shown


class PictureTaker:
    """The camera. ``answer`` is called on the camera's threads. Call ``close()`` at the end.

    ``scale``: per cent of a picture's width and height that are kept. ``develop``: how and where it is encoded.
    """

    def __init__(
        self,
        clock: Clock,
        open_source: Callable[[], ScreenSource],
        *,
        hide: Hide,
        spool: Spool,
        answer: Answer,
        new_id: Callable[[], UUID],
        scale: Callable[[], int] = lambda: 100,
        develop: Develop = _darkroom,
    ) -> None:
        self._clock = clock
        self._open_source = open_source
        self._hide = hide
        self._spool = spool
        self._answer = answer
        self._new_id = new_id
        self._scale = scale
        self._encode_raw = develop
        self._source: ScreenSource | None = None
        self._opening = threading.Lock()
        self._wake = threading.Condition()
        self._alarm: Alarm | None = None
        self._grabs: deque[_Task] = deque()
        self._looks: deque[_Look] = deque()
        self._begun: deque[tuple[UUID, int, int]] = deque(maxlen=16)
        self._busy = 0
        self._warm = False
        self._closing = False
        self._encode: queue.SimpleQueue[_Grabbed | None] = queue.SimpleQueue()
        self.problem: Problem | None = None
        self._threads = [
            threading.Thread(target=self._run_grabs, name="camera", daemon=True),
            threading.Thread(target=self._run_encodes, name="darkroom", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def open_soon(self) -> None:
        """Find out, on another thread, whether pictures can be had here. Loads nothing else: not everybody records."""
        threading.Thread(target=self._open_early, name="camera-open", daemon=True).start()

    def warm_up(self) -> None:
        """Load what a picture needs, on another thread, so that the first moment is not late."""
        if self._warm:
            return
        self._warm = True
        threading.Thread(target=self._warm_up, name="camera-warm-up", daemon=True).start()

    def alarm(self, alarm: Alarm) -> None:
        """Take a picture when its moment comes. One alarm at a time; what it replaces too late is answered as late."""
        with self._wake:
            missed, self._alarm = self._alarm, alarm
            self._wake.notify()
        if missed is not None and self._clock.second() >= missed.at:
            self._answer(PictureFailed(missed.job, missed.slot, missed.attempt, NoPicture.LATE))

    def cancel(self) -> None:
        """Forget the alarm, if it has not gone off."""
        with self._wake:
            self._alarm = None

    def grab(self, grab: Grab) -> None:
        """Take a picture now. An alarm of the same attempt that has just gone off is the same picture."""
        with self._wake:
            if (grab.job, grab.slot, grab.attempt) in self._begun:
                return
            self._grabs.append(_Task(grab.job, grab.slot, grab.attempt, leaving=True))
            self._wake.notify()

    def look(self, shown: Shown) -> None:
        """Give ``shown`` a picture as it would be kept, on the camera's thread; it is neither encoded nor kept."""
        with self._wake:
            self._looks.append(_Look(shown))
            self._wake.notify()

    def finish(self, timeout_s: float) -> bool:
        """Wait for pictures under way, ``timeout_s`` real seconds at most; tells whether none is left."""
        with self._wake:
            return self._wake.wait_for(lambda: not self._grabs and self._busy == 0, timeout_s)

    def close(self, timeout_s: float = 2.0) -> None:
        """End the threads after what they have begun."""
        with self._wake:
            self._closing = True
            self._wake.notify_all()
        self._threads[0].join(timeout_s)
        self._encode.put(None)
        self._threads[1].join(timeout_s)

    def _open_early(self) -> None:
        try:
            self._opened()
        except Exception:  # top of the thread: the first picture tries again and says why
            log.exception("the camera could not be opened")

    def _warm_up(self) -> None:
        try:
            import capture

            capture.warm_up()
            self._opened()
        except Exception:  # top of the thread: the first picture tries again and says why
            log.exception("the camera could not be warmed up")

    def _opened(self) -> ScreenSource:
        with self._opening:
            if self._source is None:
                self._source = self._open_source()
                self.problem = self._source.problem
            return self._source

    # The waiting thread

    def _run_grabs(self) -> None:
        while (task := self._next_task()) is not None:
            if isinstance(task, _Look):
                self._show(task)
                continue
            try:
                self._take(task)
            except Exception:  # top of the thread: one picture must not end all others
                log.exception("taking a picture failed")
                self._failed(task, NoPicture.FAILED)

    def _next_task(self) -> _Task | _Look | None:
        with self._wake:
            while not self._closing:
                if self._grabs:
                    return self._begin(self._grabs.popleft())
                wait_s = self._clock.real_s_until(self._alarm.at) if self._alarm is not None else None
                if self._alarm is not None and wait_s is not None and wait_s <= 0:
                    alarm, self._alarm = self._alarm, None
                    return self._begin(_Task(alarm.job, alarm.slot, alarm.attempt, leaving=False))
                if self._looks:
                    return self._looks.popleft()
                self._wake.wait(None if wait_s is None else min(wait_s, LONGEST_WAIT_S))
        return None

    def _begin(self, task: _Task) -> _Task:
        self._begun.append((task.job, task.slot, task.attempt))
        self._busy += 1
        return task

    def _take(self, task: _Task) -> None:
        import capture

        try:
            source = self._opened()
            at = self._clock.second()
            if slot_of(at) != task.slot:
                self._failed(task, NoPicture.LATE)
                return
            grabbed = self._hide(source)
        except FairhourError as error:
            log.info("no picture: %s", error)
            self.problem = error.problem
            self._failed(task, capture.no_picture(error.problem))
            return
        self.problem = grabbed.problem
        self._encode.put(_Grabbed(task, at, grabbed.raw))

    def _show(self, look: _Look) -> None:
        try:
            look.shown(self._hide(self._opened()))
        except FairhourError as error:
            look.shown(error.problem)
        except Exception:  # top of the thread: a preview must not end the pictures
            log.exception("a preview failed")

    # The encoding thread

    def _run_encodes(self) -> None:
        while (grabbed := self._encode.get()) is not None:
            try:
                self._develop(grabbed)
            except FairhourError as error:
                log.info("no picture: %s", error)
                self.problem = error.problem
                self._failed(grabbed.task, NoPicture.FAILED)
            except Exception:  # top of the thread: one picture must not end all others
                log.exception("encoding a picture failed")
                self._failed(grabbed.task, NoPicture.FAILED)
            del grabbed
            _give_memory_back()

    def _develop(self, grabbed: _Grabbed) -> None:
        task, shot = grabbed.task, self._encode_raw(grabbed.raw, self._scale())
        reference = PictureRef(
            id=self._new_id(),
            sha256=shot.sha256,
            size=len(shot.data),
            width=shot.width,
            height=shot.height,
            monitors=shot.monitors,
            taken_at=grabbed.at,
            redacted=min(shot.redacted, MAX_REDACTED),
        )
        taken = PictureTaken(task.job, task.slot, task.attempt, task.leaving, shot.flat, reference)
        self._spool(taken, shot.data, shot.thumbnail)
        self._done(taken)

    def _failed(self, task: _Task, reason: NoPicture) -> None:
        self._done(PictureFailed(task.job, task.slot, task.attempt, reason))

    def _done(self, answer: PictureTaken | PictureFailed) -> None:
        try:
            self._answer(answer)
        finally:
            with self._wake:
                self._busy -= 1
                self._wake.notify_all()


def _give_memory_back() -> None:
    # Loaded by now: a picture was encoded.
    import capture

    capture.give_memory_back()
