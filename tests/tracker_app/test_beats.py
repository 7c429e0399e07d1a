"""Beats: they count on and do nothing else, on any thread, and what comes of them is what ticks would have made."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker_app.fakes import JOB, OTHER_JOB, SLOT, T0
from tests.tracker_app.test_recorder import FULL, Room
from tests.worktime.tracking_desk import reference
from tracker_app.ports import Input
from worktime.tracking_values import PictureTaken

MOVES = st.sampled_from([0.3, 1.0, 1.0, 1.0, 1.0, 2.5, 9.0, 40.0])
ACTS = ["start", "other", "stop", "lock", "unlock", "sleep", "jump", "comment", "delete", "full", "room", "picture"]
SECONDS = st.tuples(MOVES, st.booleans(), st.integers(0, 3))


@dataclass(frozen=True)
class Second:
    """Time passes, with or without input and keys; then something may happen."""

    move_s: float
    working: bool
    keys: int
    act: str


def _act(room: Room, act: str) -> None:
    recorder = room.recorder
    match act:
        case "start" | "other":
            recorder.start(JOB if act == "start" else OTHER_JOB, work_view=True)
        case "stop":
            recorder.stop()
        case "lock":
            recorder.locked()
        case "unlock":
            recorder.unlocked()
        case "sleep":
            room.hands.sleep(30)
        case "jump":
            room.hands.wall_ns += 5_000_000_000
        case "comment":
            recorder.comment(f"at {room.clock.second()}")
        case "delete":
            recorder.delete(JOB, SLOT)
        case "full" | "room":
            room.record.broken = FULL if act == "full" else None
        case "picture":
            recorder.picture(PictureTaken(JOB, SLOT, 1, False, False, reference(1, room.clock.second())))


def _pass(room: Room, seconds: list[Second]) -> list[object]:
    made: list[object] = []
    room.recorder.start(JOB, work_view=True)
    for second in seconds:
        room.hands.move(second.move_s)
        last = room.clock.tick_second() if second.working else room.probe.seen.last
        room.probe.seen = Input(last, second.keys, 1)
        room.second()
        _act(room, second.act)
        made.append((room.recorder.state, room.recorder.problem, room.record.tick))
    return [*made, room.record.seen, room.listener.notices, room.listener.asked_for, room.camera.alarms]


class Counting:
    """Counts are taken once: what a beat took without use must not be lost, nor counted twice."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def look(self) -> Input:
        seen = self.room.probe.seen
        self.room.probe.seen = seen._replace(keys=0, clicks=0)
        return seen


@given(
    st.lists(
        st.builds(Second, MOVES, st.booleans(), st.integers(0, 3), st.sampled_from(["", "", "", "", *ACTS])),
        min_size=1,
        max_size=60,
    )
)
def test_beats_make_what_ticks_make(seconds: list[Second]) -> None:
    rooms = Room(), Room(beats=True)
    for room in rooms:
        room.recorder._probe.look = Counting(room).look  # type: ignore[method-assign]
    ticks, beats = (_pass(room, seconds) for room in rooms)
    assert ticks == beats


def only_counts(room: Room) -> bool:
    return room.recorder.only_counts


def test_a_beat_does_nothing_but_count(room: Room) -> None:
    room.recorder.start(JOB, work_view=True)
    room.hands.move(1)
    written, told = len(room.record.seen), len(room.listener.facts)
    assert room.recorder.beat()
    assert (len(room.record.seen), len(room.listener.facts)) == (written, told)
    assert room.record.tick is not None
    assert room.record.tick.until == T0 + 1
    assert room.recorder.beat(), "a second time in the same second"
    assert room.recorder.state.until == T0 + 1


def test_a_beat_counts_nothing_where_a_tick_is_needed(room: Room) -> None:
    assert not room.recorder.beat(), "nothing runs"
    assert not only_counts(room)
    room.recorder.start(JOB, work_view=True)
    assert only_counts(room)
    room.run(719)
    room.hands.move(1)
    assert not room.recorder.beat(), "a slot is over"
    assert room.recorder.state.until == T0 + 719
    room.recorder.tick()
    room.hands.move(1)
    assert room.recorder.beat()
    room.hands.sleep(60)
    room.hands.move(1)
    assert not room.recorder.beat(), "the machine slept"
    assert only_counts(room), "what follows from it is Qt's thread's"
    room.recorder.tick()
    assert room.recorder.paused is not None


def test_a_beat_that_the_disk_does_not_take_asks_for_ticks_until_it_does(room: Room) -> None:
    room.recorder.start(JOB, work_view=True)
    room.record.broken = FULL
    room.hands.move(1)
    assert not room.recorder.beat()
    assert room.trouble() == "disk_full"
    assert not only_counts(room)
    room.hands.move(1)
    assert not room.recorder.beat()
    room.record.broken = None
    room.recorder.tick()
    assert room.trouble() == ""
    room.hands.move(1)
    assert room.recorder.beat()
    assert room.recorder.state.until == T0 + 3


def test_a_beat_counts_nothing_while_something_is_owed_to_the_disk(room: Room) -> None:
    room.recorder.start(JOB, work_view=True)
    room.record.broken = FULL
    room.recorder.comment("one")
    room.record.broken = None
    room.hands.move(1)
    assert not room.recorder.beat(), "what came before is written first"
    room.recorder.tick()
    room.hands.move(1)
    assert room.recorder.beat()


def test_a_beat_waits_for_what_the_windows_thread_does_and_the_other_way_round() -> None:
    room = Room()
    room.recorder.start(JOB, work_view=True)
    room.hands.move(1)
    reached, go_on = threading.Event(), threading.Event()

    def slow() -> Input:
        reached.set()
        assert go_on.wait(10)
        return Input(T0)

    room.recorder._probe.look = slow  # type: ignore[method-assign]
    beat = threading.Thread(target=room.recorder.beat)
    beat.start()
    assert reached.wait(10)
    stopped = threading.Thread(target=room.recorder.stop)
    stopped.start()
    assert only_counts(room), "it waits"
    go_on.set()
    beat.join(10)
    stopped.join(10)
    assert not only_counts(room)
    segment = room.record.segment()
    assert segment is not None
    assert segment.tracked_s == 1


@pytest.fixture
def room() -> Room:
    return Room()
