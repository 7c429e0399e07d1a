"""Day views in every IANA zone: the sums of the days are the sums of the slots, and both are what a clock shows."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from worktime.intervals import Interval, cut_by_slot
from worktime.weeks import day_of, days_of, split_by_day

ZONES = (files("tzdata") / "zones").read_text(encoding="utf-8").split()
"""Those of the locked tzdata, so that no system's own list decides what is tested."""

DAY_S = 86_400
STRANGE_NIGHTS = (
    # Midnight does not exist.
    ("Africa/Cairo", "2026-04-24"),
    ("Africa/Casablanca", "2011-04-03"),
    ("America/Asuncion", "2024-10-06"),
    ("America/Havana", "2050-03-13"),
    ("America/Rio_Branco", "2008-06-24"),
    ("America/Santiago", "2050-09-04"),
    ("America/Sao_Paulo", "2018-11-04"),
    ("America/Scoresbysund", "2023-03-26"),
    ("Antarctica/Casey", "2016-10-22"),  # three hours at once
    ("Asia/Amman", "2022-02-25"),
    ("Asia/Beirut", "2030-03-31"),
    ("Asia/Damascus", "2022-03-25"),
    ("Asia/Dili", "2000-09-17"),
    ("Asia/Gaza", "2022-03-27"),
    ("Asia/Karachi", "2009-04-15"),
    ("Asia/Khandyga", "2004-01-01"),
    ("Asia/Tehran", "2022-03-22"),
    ("Atlantic/Azores", "2050-03-27"),
    # Midnight comes twice, or the date before it comes back.
    ("America/Havana", "2050-11-06"),
    ("America/Managua", "2006-10-01"),
    ("America/Moncton", "2006-10-29"),
    ("America/St_Johns", "2010-11-07"),
    ("Antarctica/Casey", "2023-03-09"),
    ("Antarctica/Vostok", "2023-12-18"),
    ("Asia/Colombo", "2006-04-15"),  # half an hour
    ("Asia/Jerusalem", "2004-09-22"),
    ("Asia/Magadan", "2014-10-26"),
    ("Atlantic/Azores", "2050-10-30"),
    # The minute after midnight is skipped or comes twice.
    ("America/Goose_Bay", "2011-03-13"),
    ("Asia/Hebron", "2011-04-01"),
    ("Asia/Gaza", "2010-03-27"),
    ("Antarctica/Casey", "2022-10-02"),
    # A whole date is skipped.
    ("Pacific/Apia", "2011-12-30"),
    ("Pacific/Fakaofo", "2011-12-30"),
    # Half an hour of summer time, quarters of an hour, and the ends of the earth.
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Asia/Kathmandu", "2026-06-01"),
    ("Asia/Kolkata", "2026-06-01"),
    ("Australia/Darwin", "2026-06-01"),
    ("Australia/Eucla", "2026-06-01"),
    ("Pacific/Chatham", "2026-09-27"),
    ("Pacific/Kiritimati", "2026-06-01"),
)


def looked_at(start: int, end: int, name: str, *, step: int, before: int) -> Counter[str]:
    """Look at the clock each ``step``, from ``before`` on: a date that has begun goes on, also where it shows the old
    one again."""
    viewer = ZoneInfo(name)
    latest = datetime.fromtimestamp(start - before, viewer).date()
    out: Counter[str] = Counter()
    for second in range(start - before, end, step):
        latest = max(latest, datetime.fromtimestamp(second, viewer).date())
        if second >= start:
            out[latest.isoformat()] += step
    return out


def by_slots(whole: Interval, name: str) -> Counter[str]:
    """Split each slot for itself."""
    out: Counter[str] = Counter()
    for _, part in cut_by_slot(whole):
        split = split_by_day([part], name)
        assert sum(split.values()) == part[1] - part[0]
        out.update(split)
    return out


def test_all_zones_are_here() -> None:
    assert len(ZONES) > 590
    assert {"America/New_York", "Asia/Kathmandu", "Pacific/Apia"} <= set(ZONES)


@pytest.mark.parametrize(("name", "night"), STRANGE_NIGHTS)
def test_strange_nights(name: str, night: str) -> None:
    middle = int(datetime.fromisoformat(night).replace(tzinfo=UTC).timestamp()) // 720 * 720
    start, end = middle - 2 * DAY_S, middle + 2 * DAY_S
    whole = split_by_day([(start, end)], name)
    assert dict(by_slots((start, end), name)) == whole
    assert looked_at(start, end, name, step=60, before=2 * DAY_S) == whole
    for found in days_of(start, end, name):
        assert day_of(found.start, name) == day_of(found.end - 1, name) == found.date


@pytest.mark.no_cover
def test_a_day_in_every_zone() -> None:
    start = int(datetime(2026, 10, 24, 18, tzinfo=UTC).timestamp())  # Europe's clocks go back in it
    end = start + DAY_S
    for name in ZONES:
        whole = split_by_day([(start, end)], name)
        assert dict(by_slots((start, end), name)) == whole, name
        # Offsets are in quarters of an hour today, slots in fifths: both fall on steps of three minutes.
        assert looked_at(start, end, name, step=180, before=0) == whole, name
