"""Beats: they count on and do nothing else, on any thread, and what comes of them is what ticks would have made."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker_app.fakes import JOB, OTHER_JOB, SLOT, T0, FakeMarks
from tests.tracker_app.test_recorder import FULL, Room
from tests.worktime.tracking_desk import reference
from tracker_app.ports import Input
from worktime.errors import FairhourError
from worktime.tracking_values import IDLE_S, PictureTaken

MOVES = st.sampled_from([0.05, 0.3, *[1.0] * 12, 1.2, 2.5, 9.0, 40.0])
ACTS = ["start", "other", "stop", "lock", "unlock", "sleep", "nap", "jump", "comment", "delete", "full", "room", "look"]


@dataclass(frozen=True)
class Second:
    """Time passes, with or without input and keys; then something may happen."""

    move_s: float
    working: bool
    keys: int
    act: str


def _act(room: Watched, act: str) -> None:
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
        case "sleep" | "nap":
            room.hands.sleep(30 if act == "sleep" else 0.15)
        case "jump":
            room.hands.wall_ns += 5_000_000_000
        case "comment":
            recorder.comment(f"at {room.clock.second()}")
        case "delete":
            recorder.delete(JOB, SLOT)
        case "full" | "room":
            room.record.broken = FULL if act == "full" else None
        case "look":
            room.looks.append((recorder.state, recorder.problem))
        case "picture":
            recorder.picture(PictureTaken(JOB, SLOT, 1, False, False, reference(1, room.clock.second())))


def _pass(room: Watched, seconds: list[Second], *, counting: bool) -> list[object]:
    room.recorder.start(JOB, work_view=True)
    for second in seconds:
        room.hands.move(second.move_s)
        last = room.clock.tick_second() if second.working else room.probe.seen.last
        room.probe.seen = Input(last, second.keys, 1) if counting else Input(last)
        room.second()
        room.kept.append(room.on_disk())
        _act(room, second.act)
    return [
        room.looks,
        room.recorder.state,
        room.recorder.problem,
        room.record.tick,
        room.kept,
        room.record.seen,
        room.listener.notices,
        room.listener.asked_for,
        room.camera.alarms,
    ]


class Watched(Room):
    """A room of which everything is compared: what was asked for on the way, and what a kill would leave each second.

    Counts are taken once: what a beat took without use must not be lost, nor counted twice.
    """

    def __init__(self, *, beats: bool = False, leases: bool = False) -> None:
        super().__init__(beats=beats, leases=leases)
        self.looks: list[object] = []
        self.kept: list[int | None] = []
        self.probe.look = self._once  # type: ignore[method-assign]

    def on_disk(self) -> int | None:
        """Return until when the record on the disk goes."""
        return None if self.record.tick is None else self.record.tick.until

    def _once(self) -> Input:
        seen = self.probe.seen
        taken = None if seen.keys is None else 0
        self.probe.seen = seen._replace(keys=taken, clicks=taken)
        return seen


SECONDS = st.builds(Second, MOVES, st.booleans(), st.integers(0, 2), st.sampled_from([""] * 16 + ACTS))


@given(st.lists(SECONDS, min_size=1, max_size=80), st.sampled_from([False, False, True]))
def test_beats_and_leases_make_what_ticks_make(seconds: list[Second], counting: bool) -> None:
    ticks, beats, leases = (
        _pass(room, seconds, counting=counting) for room in (Watched(), Watched(beats=True), Watched(leases=True))
    )
    assert ticks == beats
    assert ticks == leases


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


def test_nine_seconds_of_ten_are_noted_and_reckoned_with_the_tenth() -> None:
    room = Room(leases=True)
    room.recorder.start(JOB, work_view=True)
    room.run(720 - 1)
    assert room.record.marks == (720 - 1) // 10 * 9 + 8
    room.hands.move(1)
    assert not room.recorder.beat(), "the slot's end is a tick's"
    assert room.recorder.state.until == T0 + 719
    room.run(1)
    segment = room.record.segment()
    assert segment is not None
    assert (segment.tracked_s, segment.active_s) == (720, 720)


def test_no_second_is_noted_near_the_idle_threshold_nor_while_keys_are_counted_nor_at_another_pace() -> None:
    room = Room(leases=True)
    room.recorder.start(JOB, work_view=True)
    room.run(2)
    room.run(IDLE_S - 2, working=False)
    assert room.recorder.running is not None
    marks = room.record.marks
    room.hands.move(1)
    assert not room.recorder.beat(), "who comes back and who does not is a tick's"
    room.recorder.tick()
    assert room.recorder.paused is not None
    counting = Room(leases=True)
    counting.recorder.start(JOB, work_view=True)
    for _ in range(10):
        counting.hands.move(1)
        counting.probe.seen = Input(counting.clock.second(), 1, 1)
        counting.second()
    fast = Room(rate=10, leases=True)
    fast.recorder.start(JOB, work_view=True)
    fast.run(5)
    assert (room.record.marks, counting.record.marks, fast.record.marks) == (marks, 0, 0)


def noting() -> Room:
    """A room in which the next second would be noted only."""
    room = Room(leases=True)
    room.recorder.start(JOB, work_view=True)
    room.run(3)
    return room


@pytest.mark.parametrize("trouble", ["disk", "input", "late", "slept"])
def test_a_second_that_can_not_be_noted_is_looked_at(trouble: str) -> None:
    room = noting()
    marks = room.record.marks
    room.probe.problem = FULL if trouble == "input" else None
    room.record.broken = FULL if trouble == "disk" else None
    room.hands.sleep(0.11 if trouble == "slept" else 0)
    room.hands.move(1.1 if trouble == "late" else 1)
    good = room.recorder.beat()
    assert room.record.marks == marks
    assert good is (trouble in ("input", "late"))
    assert room.trouble() == ("disk_full" if trouble == "disk" else "")
    room.record.broken = None
    if not good:
        room.recorder.tick()
    assert room.recorder.state.until == T0 + (3 if trouble == "slept" else 4)
    assert (room.recorder.paused is not None) is (trouble == "slept")


@pytest.mark.parametrize("act", ["stop", "locked", "comment", "state"])
def test_what_was_noted_is_reckoned_before_anything_else(act: str) -> None:
    room = noting()
    assert room.record.marks > 0
    if act == "comment":
        room.recorder.comment("Import", job=JOB)
    elif act == "state":
        assert room.recorder.state.until == T0 + 3
    else:
        getattr(room.recorder, act)()
    segment = room.record.segment()
    assert segment is not None
    assert (segment.tracked_s, segment.active_s) == (3, 3)


def test_a_lease_that_the_disk_does_not_take_is_told_and_costs_no_second(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(leases=True)
    room.recorder.start(JOB, work_view=True)

    def full(_seconds: int) -> FakeMarks:
        raise FairhourError(FULL)

    with monkeypatch.context() as broken:
        broken.setattr(room.record, "ahead", full)
        room.probe.seen = Input(T0)
        room.hands.move(1)
        assert not room.recorder.beat()
        assert room.trouble() == "disk_full"
    room.run(5)
    assert room.trouble() == ""
    assert room.recorder.state.until == T0 + 6


def test_what_has_ended_notes_no_second_more() -> None:
    room = noting()
    lease = room.recorder.lease
    assert lease is not None
    room.recorder.comment("Import")
    marks = room.record.marks
    room.hands.move(1)
    assert not lease.second(), "whoever beats may hold it still"
    assert (room.record.marks, room.recorder.lease) == (marks, None)


def test_clocks_that_were_not_read_at_once_lend_no_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(leases=True)
    room.recorder.start(JOB, work_view=True)
    read = room.clock.now_us

    def held_up() -> int:
        now_us = read()
        room.hands.move(0.002)
        return now_us

    monkeypatch.setattr(room.clock, "now_us", held_up)
    room.hands.move(1)
    assert room.recorder.beat()
    monkeypatch.undo()
    marks = room.record.marks
    room.hands.move(1)
    assert room.recorder.beat()
    assert (room.record.marks, room.recorder.state.until) == (marks, T0 + 2)


def test_who_ends_a_lease_waits_for_the_second_under_way_and_counts_it() -> None:
    room = noting()
    lease = room.recorder.lease
    assert lease is not None
    reached, go_on = threading.Event(), threading.Event()

    def slow() -> int:
        reached.set()
        assert go_on.wait(10)
        return 0

    lease._age = slow
    room.hands.move(1)
    passing = threading.Thread(target=lease.second)
    passing.start()
    assert reached.wait(10)
    states: list[int] = []
    asking = threading.Thread(target=lambda: states.append(room.recorder.state.until))
    asking.start()
    asking.join(0.05)
    assert not states
    go_on.set()
    asking.join(10)
    passing.join(10)
    assert states == [T0 + 4]
    assert room.record.tick is not None
    assert room.record.tick.until == T0 + 4


def test_a_lease_that_is_used_up_asks_for_nothing() -> None:
    room = noting()
    lease = room.recorder.lease
    assert lease is not None
    left = room.record.ahead(0).left
    room.hands.move(1)
    while lease.second():
        room.hands.move(1)
        left += 1
    assert left > 0

    def unwanted() -> int:
        raise AssertionError("the source is asked with the count")

    lease._age = unwanted
    assert not lease.second()


def test_a_lease_tells_the_age_of_the_last_input_that_it_noted() -> None:
    room = Room(leases=True)
    room.recorder.start(JOB, work_view=True)
    room.run(1)
    lease = room.recorder.lease
    assert lease is not None
    ages = [lease.age_ms]
    for seconds, working in ((2, False), (1, True)):
        room.run(seconds, working=working)
        ages.append(lease.age_ms)
    assert ages == [None, 3000, 1000]
