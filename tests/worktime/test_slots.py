"""Slots: five to the UTC hour, each second in exactly one."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from worktime.slots import SLOT_S, slot_end, slot_of, slot_start


@given(st.integers(0, 10**11))
def test_a_second_is_in_exactly_its_slot(second: int) -> None:
    slot = slot_of(second)
    assert slot_start(slot) <= second < slot_end(slot)
    assert slot_end(slot) == slot_start(slot + 1) == slot_start(slot) + SLOT_S


def test_slots_are_those_of_the_clock_on_the_wall() -> None:
    noon = int(datetime(2026, 3, 4, 12, tzinfo=UTC).timestamp())
    slots = sorted({slot_of(noon + second) for second in range(3600)})
    starts = [datetime.fromtimestamp(slot_start(slot), UTC).minute for slot in slots]
    assert starts == [0, 12, 24, 36, 48]
