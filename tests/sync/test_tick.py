"""The tick record: newest whole copy wins, whatever was cut; forced to the disk every ten seconds."""

from __future__ import annotations

import zlib
from pathlib import Path
from uuid import UUID

import pytest

from sync import tick
from sync.tick import TickRecord
from tests.sync.journals import FakeMonotonic
from worktime.observations import Progress


def at(until: int) -> Progress:
    return Progress(job=UUID(int=1), slot=0, start=10, until=until, active_s=3, keys=1, clicks=None)


def read(path: Path) -> Progress | None:
    record = TickRecord(path)
    record.close()
    return record.latest


def test_the_newest_value_comes_back(tmp_path: Path) -> None:
    record = TickRecord(tmp_path / "tick")
    assert record.latest is None
    for second in range(11, 20):
        record.write(at(second))
    record.close()
    again = TickRecord(tmp_path / "tick")
    assert again.latest == at(19)
    again.write(at(20))
    again.close()
    assert read(tmp_path / "tick") == at(20)
    assert (tmp_path / "tick").stat().st_size == 8192


@pytest.mark.parametrize("cut", range(0, 120, 7))
def test_a_write_that_was_cut_leaves_the_one_before_it(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "tick"
    record = TickRecord(path)
    record.write(at(11))
    before = path.read_bytes()
    record.write(at(12))
    record.close()
    after = bytearray(path.read_bytes())
    where = next(index for index in range(8192) if after[index] != before[index])
    start = where - where % 4096
    after[start + cut : start + 4096] = before[start + cut : start + 4096]
    path.write_bytes(after)
    assert read(path) == at(11)


def test_garbage_in_both_copies_is_no_value(tmp_path: Path) -> None:
    path = tmp_path / "tick"
    path.write_bytes(b"\xff" * 8192)
    assert read(path) is None
    path.write_bytes(b"short")
    assert read(path) is None


def test_a_whole_copy_of_something_else_is_no_value(tmp_path: Path) -> None:
    payload = b'{"not": "progress"}'
    head = tick._HEAD.pack(b"FHT1", zlib.crc32(payload, 1), 1, len(payload))
    path = tmp_path / "tick"
    path.write_bytes((head + payload).ljust(8192, b"\0"))
    assert read(path) is None


def test_it_is_forced_to_the_disk_every_ten_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forced: list[int] = []
    monkeypatch.setattr(tick, "_sync_data", forced.append)
    clock = FakeMonotonic()
    record = TickRecord(tmp_path / "tick", monotonic=clock)
    for second in range(35):
        clock.now += 1.0
        record.write(at(100 + second))
    assert len(forced) == 3
    record.close()


def test_the_page_that_is_on_the_disk_is_not_touched_before_the_other_one_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tick"
    clock = FakeMonotonic()
    record = TickRecord(path, monotonic=clock)
    works = True

    def force(_descriptor: int) -> None:
        if not works:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(tick, "_sync_data", force)
    touched: list[int] = []
    for second in range(1, 41):
        clock.now += 1.0
        works = not 20 <= second < 25
        before = path.read_bytes()
        if works:
            record.write(at(100 + second))
        else:
            with pytest.raises(OSError):
                record.write(at(100 + second))
        after = path.read_bytes()
        changed = {index // 4096 for index in range(8192) if after[index] != before[index]}
        assert len(changed) == 1
        touched.append(changed.pop())
        assert record.latest == at(100 + second)
    # Forced at 10; at 20 to 24 in vain; at 25, and at 35.
    assert touched == [0] * 10 + [1] * 15 + [0] * 10 + [1] * 5
    record.close()


def test_after_a_start_the_page_that_was_read_is_forced_before_it_is_left(tmp_path: Path) -> None:
    path = tmp_path / "tick"
    record = TickRecord(path)
    record.write(at(11))
    record.barrier()
    record.write(at(12))
    record.close()
    before = path.read_bytes()
    again = TickRecord(path)
    again.write(at(13))
    again.close()
    after = path.read_bytes()
    assert before[:4096] == after[:4096], "the seconds up to 11 are on the disk for certain"
    assert read(path) == at(13)


def test_seconds_are_marked_one_by_one_and_count_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "tick"
    record = TickRecord(path)
    record.write(at(11))
    marks = record.ahead(3)
    for until in (12, 13, 14):
        assert marks.mark()
        assert tick.read_tick(path) == at(until)
        assert record.latest == at(until), "what is sent meanwhile is as new as what a kill leaves"
    assert not marks.mark()
    record.write(at(15))
    assert record.latest == at(15)
    assert tick.read_tick(path) == at(15)
    assert record.ahead(3).mark()
    record.close()
    again = TickRecord(path)
    assert again.latest == at(16)
    again.write(at(17))
    assert tick.read_tick(path) == at(17)
    assert again.ahead(3).mark()
    again.write(at(12))
    assert tick.read_tick(path) == at(12), "marks of an earlier copy say nothing of a later one"
    again.close()


def test_a_write_that_failed_leaves_the_page_that_is_certain_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tick"
    record = TickRecord(path, monotonic=FakeMonotonic())
    record.write(at(11))
    record.barrier()
    certain = path.read_bytes()[:4096]

    def full(_raw: bytes, _place: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(record, "_put", full)
        with pytest.raises(OSError, match="No space"):
            record.write(at(12))
        record.barrier()
    for second in (13, 14):
        record.write(at(second))
    assert path.read_bytes()[:4096] == certain
    assert tick.read_tick(path) == at(14)
    record.close()


def test_marks_touch_nothing_but_the_page_that_is_written_and_none_is_due_after_the_barrier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tick"
    clock = FakeMonotonic()
    forced: list[float] = []
    monkeypatch.setattr(tick, "_sync_data", lambda _descriptor: forced.append(clock.now))
    record = TickRecord(path, monotonic=clock)
    began, second, marks = clock.now, 10, record.ahead(3)
    written: list[int] = []
    assert not marks.mark(), "nothing was kept yet"
    while second < 60:
        clock.now, second = clock.now + 1, second + 1
        before = path.read_bytes()
        whole = not marks.mark()
        if whole:
            record.write(at(second))
        after = path.read_bytes()
        touched = {index // 4096 for index in range(8192) if after[index] != before[index]}
        assert touched == {len([when for when in forced if when < clock.now]) % 2}, "until the other one is there"
        assert tick.read_tick(path) == at(second)
        if whole:
            written.append(second)
            marks = record.ahead(3)
            assert tick.read_tick(path) == at(second)
    assert [when - began for when in forced] == [10, 20, 30, 40, 50]
    assert written[:8] == [11, 15, 19, 20, 24, 28, 30, 34]
    record.close()


@pytest.mark.parametrize("damage", range(24))
def test_a_mark_that_was_cut_leaves_the_one_before_it(tmp_path: Path, damage: int) -> None:
    path = tmp_path / "tick"
    record = TickRecord(path)
    record.write(at(11))
    marks = record.ahead(3)
    for _ in range(3):
        before = bytearray(path.read_bytes())
        marks.mark()
    record.close()
    after = bytearray(path.read_bytes())
    where = next(index for index in range(8192) if after[index] != before[index])
    after[where - where % 2048 + 2048 - 24 + damage] ^= 0x55
    path.write_bytes(after)
    assert tick.read_tick(path) == at(13)


def test_a_mark_of_a_copy_that_a_power_cut_took_is_none_of_the_next_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "tick"
    record = TickRecord(path)
    record.write(at(11))
    before = path.read_bytes()
    record.write(at(300))
    assert record.ahead(1).mark()
    record.close()
    after = path.read_bytes()
    marked = [slice(end - 24, end) for end in (2048, 4096)]
    cut = bytearray(before)
    for each in marked:
        cut[each] = after[each]
    path.write_bytes(cut)
    again = TickRecord(path)
    assert again.latest == at(11)
    again.write(at(20))
    assert tick.read_tick(path) == at(20)
    assert again.ahead(1).mark()
    assert tick.read_tick(path) == at(21)
    again.close()


def test_marks_after_an_opening_stand_behind_a_copy_of_this_run(tmp_path: Path) -> None:
    path = tmp_path / "tick"
    record = TickRecord(path)
    record.write(at(11))
    record.close()
    again = TickRecord(path)
    assert again.ahead(2).mark()
    assert tick.read_tick(path) == at(12)
    again.close()


def test_a_disk_that_is_slow_to_take_it_puts_no_barrier_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeMonotonic()
    forced: list[float] = []

    def slow(_descriptor: int) -> None:
        forced.append(clock.now)
        clock.now += 0.3

    monkeypatch.setattr(tick, "_sync_data", slow)
    record = TickRecord(tmp_path / "tick", monotonic=clock)
    began = clock.now
    for second in range(1, 60):
        clock.now = began + second
        record.write(at(100 + second))
    assert [when - began for when in forced] == [10, 20, 30, 40, 50]
    record.close()


def test_a_mark_beyond_its_slot_is_none(tmp_path: Path) -> None:
    path = tmp_path / "tick"
    record = TickRecord(path)
    record.write(at(719))
    marks = record.ahead(2)
    assert marks.mark()
    assert tick.read_tick(path) == at(720)
    assert marks.mark()
    assert tick.read_tick(path) == record.latest == at(719)
    record.close()


@pytest.mark.parametrize("end", ["write", "close"])
def test_marks_are_over_before_anything_else_gets_their_place(tmp_path: Path, end: str) -> None:
    """Another file may have the number of the descriptor next."""
    record = TickRecord(tmp_path / "tick")
    record.write(at(11))
    marks = record.ahead(3)
    assert marks.mark()
    if end == "write":
        record.write(at(12))
    else:
        record.close()
    assert not marks.mark()
    assert marks.left == 0
    assert record.latest == at(12)
    record.close()


def test_marks_that_the_disk_does_not_take_keep_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tick"
    record = TickRecord(path, monotonic=FakeMonotonic())
    record.write(at(11))
    record.barrier()

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    marks = record.ahead(3)
    monkeypatch.setattr(marks, "_put", full)
    with pytest.raises(OSError, match="No space left"):
        marks.mark()
    assert record.latest == at(11), "what the disk did not take is not kept"
    assert record.ahead(3).mark()
    assert tick.read_tick(path) == at(12)
    record.close()
    again = TickRecord(path, monotonic=FakeMonotonic())
    with monkeypatch.context() as broken:
        broken.setattr(again, "_put", full)
        with pytest.raises(OSError, match="No space left"):
            again.ahead(3)
    assert again.ahead(3).mark()
    assert tick.read_tick(path) == at(13)
    again.close()


def test_marks_in_the_other_page_count_for_the_copy_that_is_on_the_disk_for_certain(tmp_path: Path) -> None:
    path = tmp_path / "tick"
    record = TickRecord(path, monotonic=FakeMonotonic())
    record.write(at(11))
    record.barrier()
    certain = path.read_bytes()[:4096]
    marks = record.ahead(3)
    assert marks.mark()
    assert marks.mark()
    assert path.read_bytes()[:4096] == certain, "nothing else was written"
    assert tick.read_tick(path) == record.latest == at(13)
    record.close()
    again = TickRecord(path, monotonic=FakeMonotonic())
    assert again.latest == at(13)
    again.write(at(14))
    assert tick.read_tick(path) == at(14)
    again.close()
    path.write_bytes(certain + bytes(4096))
    assert tick.read_tick(path) == at(11), "a power cut"
