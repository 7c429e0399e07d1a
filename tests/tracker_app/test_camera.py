"""The camera: moments on a thread of its own, true times, late and failed pictures, one answer each."""

from __future__ import annotations

import hashlib
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from uuid import UUID

import pytest
from PIL import Image

import capture
from capture import RawPicture
from capture.problems import failed, permission
from capture.redaction import Redacted
from devtools.processes import wait_until
from tests.tracker_app.fakes import JOB, SLOT, T0, Hands
from tracker_app.camera import PictureTaker
from worktime.errors import FairhourError, Problem, failure
from worktime.tracking_values import Alarm, Grab, PictureFailed, PictureTaken
from worktime.wire import NoPicture

WAIT_S = 10.0


class Screen:
    """A screen source with a real small picture; it can be made to fail or to stand still."""

    name = "fake"

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.problem: Problem | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.grabs = 0

    def grab(self) -> RawPicture:
        self.gate.wait(WAIT_S)
        self.grabs += 1
        if self.error is not None:
            raise self.error
        picture = Image.linear_gradient("L").resize((64, 32)).convert("RGBX")
        return RawPicture(picture.tobytes(), 64, 32, "BGRX", 2, 1)


class Studio:
    """A camera with its screen, clock and spool."""

    def __init__(self) -> None:
        self.hands = Hands()
        self.screen = Screen()
        self.answers: queue.Queue[PictureTaken | PictureFailed] = queue.Queue()
        self.spooled: list[tuple[PictureTaken, bytes]] = []
        self.full = False
        self.hidden: Callable[[RawPicture], Redacted] = Redacted
        ids = count(1)
        self.camera = PictureTaker(
            self.hands.clock(),
            lambda: self.screen,
            hide=lambda source: self.hidden(source.grab()),
            spool=self.spool,
            answer=self.answers.put,
            new_id=lambda: UUID(int=next(ids)),
            develop=lambda raw, scale: capture.encode(raw, scale),
        )

    def spool(self, taken: PictureTaken, data: bytes, thumbnail: bytes) -> None:
        if self.full:
            raise failure("disk_full", "The disk is full", "No room.", "Free some.")
        self.spooled.append((taken, data))

    def answer(self) -> PictureTaken | PictureFailed:
        return self.answers.get(timeout=WAIT_S)


@pytest.fixture
def studio() -> Iterator[Studio]:
    made = Studio()
    yield made
    made.screen.gate.set()
    made.camera.close()


def test_a_picture_on_leaving_is_spooled_before_it_is_told(studio: Studio) -> None:
    studio.hands.move(30.9)
    studio.camera.grab(Grab(JOB, SLOT, 2))
    taken = studio.answer()
    assert isinstance(taken, PictureTaken)
    assert (taken.job, taken.slot, taken.attempt, taken.leaving, taken.flat) == (JOB, SLOT, 2, True, False)
    assert (taken.picture.taken_at, taken.picture.monitors, taken.picture.width) == (T0 + 30, 2, 64)
    kept, data = studio.spooled[0]
    assert kept == taken
    assert (taken.picture.sha256, taken.picture.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert studio.camera.finish(WAIT_S)


def test_what_is_hidden_is_told_and_a_look_is_neither_encoded_nor_kept(studio: Studio) -> None:
    why = permission("No windows.", "Nothing.").problem
    studio.hidden = lambda raw: Redacted(replace(raw, redacted=3), why)
    studio.camera.grab(Grab(JOB, SLOT, 1))
    taken = studio.answer()
    assert isinstance(taken, PictureTaken)
    assert (taken.picture.redacted, studio.camera.problem) == (3, why)
    looks: queue.Queue[Redacted | Problem] = queue.Queue()
    studio.camera.look(looks.put)
    seen = looks.get(timeout=WAIT_S)
    assert isinstance(seen, Redacted)
    assert seen.raw.redacted == 3
    studio.screen.error = failed("No.")
    studio.camera.look(looks.put)
    refused = looks.get(timeout=WAIT_S)
    assert isinstance(refused, Problem)
    assert len(studio.spooled) == 1


def test_a_look_that_fails_in_an_unknown_way_ends_no_later_picture(
    studio: Studio, caplog: pytest.LogCaptureFixture
) -> None:
    studio.screen.error = ValueError("unexpected")
    studio.camera.look(lambda _seen: None)
    assert wait_until(lambda: "a preview failed" in caplog.text, WAIT_S)
    studio.camera.grab(Grab(JOB, SLOT, 1))
    assert isinstance(studio.answer(), PictureFailed)


def test_an_alarm_goes_off_when_its_moment_has_come(studio: Studio) -> None:
    studio.camera.alarm(Alarm(JOB, SLOT, 1, T0 + 5))
    studio.hands.move(5.25)
    studio.camera.alarm(Alarm(JOB, SLOT, 1, T0 + 5))
    answers = [studio.answer()]
    if isinstance(answers[0], PictureFailed):
        answers.append(studio.answer())
    taken = answers[-1]
    assert isinstance(taken, PictureTaken)
    assert (taken.leaving, taken.picture.taken_at) == (False, T0 + 5)


def test_an_alarm_on_the_real_clock_is_precise() -> None:
    from tracker_app.clock import TrackerClock
    from worktime.slots import slot_of

    clock, screen = TrackerClock(), Screen()
    answers: queue.Queue[PictureTaken | PictureFailed] = queue.Queue()
    camera = PictureTaker(
        clock,
        lambda: screen,
        hide=lambda source: Redacted(source.grab()),
        spool=lambda *_: None,
        answer=answers.put,
        new_id=lambda: UUID(int=1),
    )
    at = clock.second() + 1
    camera.alarm(Alarm(JOB, slot_of(at), 1, at))
    taken = answers.get(timeout=WAIT_S)
    assert isinstance(taken, PictureTaken)
    assert taken.picture.taken_at == at
    camera.close()


def test_a_cancelled_alarm_does_not_go_off(studio: Studio) -> None:
    studio.camera.alarm(Alarm(JOB, SLOT, 1, T0 + 5))
    studio.camera.cancel()
    studio.hands.move(10)
    studio.camera.grab(Grab(JOB, SLOT, 2))
    taken = studio.answer()
    assert taken.attempt == 2
    assert studio.answers.empty()


def test_an_alarm_that_is_replaced_after_its_time_is_late(studio: Studio) -> None:
    studio.screen.gate.clear()
    studio.camera.grab(Grab(JOB, SLOT, 1))
    studio.camera.alarm(Alarm(JOB, SLOT, 2, T0 + 5))
    studio.hands.move(10)
    studio.camera.alarm(Alarm(JOB, SLOT + 1, 1, T0 + 800))
    assert studio.answer() == PictureFailed(JOB, SLOT, 2, NoPicture.LATE)


def test_a_grab_after_the_slot_is_over_is_late_and_takes_nothing(studio: Studio) -> None:
    studio.hands.move(720)
    studio.camera.grab(Grab(JOB, SLOT, 1))
    assert studio.answer() == PictureFailed(JOB, SLOT, 1, NoPicture.LATE)
    assert studio.screen.grabs == 0


def test_a_grab_of_an_attempt_that_has_just_gone_off_is_the_same_picture(studio: Studio) -> None:
    studio.camera.grab(Grab(JOB, SLOT, 1))
    studio.answer()
    studio.camera.grab(Grab(JOB, SLOT, 1))
    studio.camera.grab(Grab(JOB, SLOT, 2))
    assert studio.answer().attempt == 2


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (permission("The system says no.", "Allow it."), NoPicture.PERMISSION),
        (failed("No answer."), NoPicture.FAILED),
        (RuntimeError("what is this"), NoPicture.FAILED),
    ],
)
def test_a_screen_that_gives_nothing_is_told_and_the_next_one_is_tried(
    studio: Studio, error: Exception, reason: NoPicture
) -> None:
    studio.screen.error = error
    studio.camera.grab(Grab(JOB, SLOT, 1))
    assert studio.answer() == PictureFailed(JOB, SLOT, 1, reason)
    assert (studio.camera.problem is not None) == isinstance(error, FairhourError)
    studio.screen.error = None
    studio.camera.grab(Grab(JOB, SLOT, 2))
    assert isinstance(studio.answer(), PictureTaken)
    assert studio.camera.problem is None


def test_a_spool_that_takes_nothing_is_told(studio: Studio) -> None:
    studio.full = True
    studio.camera.grab(Grab(JOB, SLOT, 1))
    assert studio.answer() == PictureFailed(JOB, SLOT, 1, NoPicture.FAILED)
    assert studio.camera.problem is not None
    assert studio.camera.problem.code == "disk_full"


def test_a_picture_that_can_not_be_encoded_is_told(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(raw: RawPicture) -> None:
        raise ValueError("no codec")

    monkeypatch.setattr("capture.encode", broken)
    studio.camera.grab(Grab(JOB, SLOT, 1))
    assert studio.answer() == PictureFailed(JOB, SLOT, 1, NoPicture.FAILED)


def test_finishing_waits_for_what_is_under_way_but_not_for_ever(studio: Studio) -> None:
    studio.screen.gate.clear()
    studio.camera.grab(Grab(JOB, SLOT, 1))
    assert not studio.camera.finish(0.05)
    studio.screen.gate.set()
    assert studio.camera.finish(WAIT_S)
    assert isinstance(studio.answer(), PictureTaken)


def test_whether_pictures_can_be_had_is_known_before_anything_is_recorded(studio: Studio) -> None:
    trouble = Problem("no_screen", "No screen", "There is none.", "Plug one in.")
    studio.screen.problem = trouble
    studio.camera.open_soon()
    assert wait_until(lambda: studio.camera.problem == trouble, WAIT_S)


def test_a_screen_that_can_not_be_opened_is_told_by_the_picture_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    studio = Studio()

    def broken() -> Screen:
        raise RuntimeError("no such library")

    studio.camera._open_source = broken
    studio.camera.open_soon()
    assert wait_until(lambda: "the camera could not be opened" in caplog.text, WAIT_S)
    studio.camera.grab(Grab(JOB, SLOT, 1))
    assert isinstance(studio.answer(), PictureFailed)
    studio.camera.close()


def test_warming_up_opens_the_screen_once(studio: Studio) -> None:
    studio.camera.warm_up()
    studio.camera.warm_up()
    studio.camera.grab(Grab(JOB, SLOT, 1))
    assert isinstance(studio.answer(), PictureTaken)
