"""Work weeks of 2000 to 2050 against the calendar, and days in every zone against one look at each second's date."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from worktime.weeks import (
    LocalHour,
    day_of,
    days_of,
    hour_of,
    next_week,
    previous_week,
    review_end,
    review_end_from,
    saturday_after,
    split_by_day,
    submit_due,
    week_end,
    week_hours,
    week_of,
    zone,
)

NEW_YORK = ZoneInfo("America/New_York")
ZONES = (
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Darwin",
    "America/New_York",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Havana",
    "America/Nuuk",
    "Africa/Cairo",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
    "Europe/Berlin",
    "UTC",
)


def at(text: str) -> int:
    """Return the UTC second of a New York wall-clock time."""
    return int(datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).timestamp())


@cache
def mondays() -> tuple[date, ...]:
    """Return every Monday from 2000 to 2050: 2,661 of them."""
    first = date(2000, 1, 3)
    return tuple(first + timedelta(weeks=number) for number in range(2661))


def test_every_week_from_2000_to_2050() -> None:
    hours: Counter[int] = Counter()
    for monday in mondays():
        start = at(f"{monday}T00:00")
        after = monday + timedelta(days=7)
        assert week_end(start) == next_week(start) == at(f"{after}T00:00")
        assert previous_week(start) == at(f"{monday - timedelta(days=7)}T00:00")
        assert submit_due(start) == at(f"{after}T07:00")
        assert review_end(start) == at(f"{after + timedelta(days=5)}T00:00")
        assert week_of(start) == week_of(week_end(start) - 1) == week_of(start + 3599) == start
        assert week_of(start - 1) == previous_week(start)
        assert week_hours(start) * 3600 == week_end(start) - start
        assert isinstance(week_hours(start), int)
        hours[week_hours(start)] += 1
        # Slots never lie across a week's edge, a submission or an end of review.
        assert {start % 720, submit_due(start) % 720, review_end(start) % 720} == {0}
    assert hours == {167: 51, 168: 2559, 169: 51}


def test_every_second_around_the_changes_of_the_clocks() -> None:
    for text in ("2026-03-08T00:00", "2026-11-01T00:00"):
        sunday = at(text)
        start = week_of(sunday)
        assert {week_of(second) for second in range(sunday, week_end(start), 7)} == {start}
    assert week_hours(week_of(at("2026-03-08T12:00"))) == 167
    assert week_hours(week_of(at("2026-11-01T12:00"))) == 169


def test_the_examples_of_the_rules() -> None:
    start = at("2026-10-26T00:00")
    assert datetime.fromtimestamp(submit_due(start), UTC).isoformat() == "2026-11-02T12:00:00+00:00"
    assert datetime.fromtimestamp(review_end(start), UTC).isoformat() == "2026-11-07T05:00:00+00:00"


@given(st.integers(0, 253_370_764_799))
@example(0)
@example(253_370_764_799)
def test_each_second_belongs_to_one_week(second: int) -> None:
    start = week_of(second)
    assert start <= second < week_end(start)
    local = datetime.fromtimestamp(0, UTC) + timedelta(seconds=start)
    assert local.astimezone(NEW_YORK).strftime("%a %H:%M:%S") == "Mon 00:00:00"


@pytest.mark.parametrize("second", [-1, 253_370_764_800, 10**30])
def test_seconds_outside_the_calendar_are_refused(second: int) -> None:
    with pytest.raises(ValueError, match="outside the calendar"):
        week_of(second)


@pytest.mark.parametrize("function", [week_end, next_week, previous_week, week_hours, submit_due, review_end])
@pytest.mark.parametrize("wrong", [1, -3600, 3600, 86_400])
def test_a_second_at_which_no_week_starts_is_refused(function, wrong: int) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="no work week starts"):
        function(at("2026-10-26T00:00") + wrong)


@given(st.sampled_from(sorted(available_timezones())), st.sampled_from(mondays()))
def test_the_days_of_a_week_add_up_in_every_zone(name: str, monday: date) -> None:
    start = at(f"{monday}T00:00")
    days = days_of(start, week_end(start), name)
    assert days[0].start == start
    assert days[-1].end == week_end(start)
    for day, following in pairwise(days):
        assert day.end == following.start
        assert day.date < following.date
    assert all(day.start < day.end for day in days)
    assert sum(split_by_day([(start, week_end(start))], name).values()) == week_hours(start) * 3600


@pytest.mark.parametrize("name", ZONES)
def test_every_minute_stands_on_its_local_date(name: str) -> None:
    viewer = ZoneInfo(name)
    # Days on which clocks change somewhere at or near midnight, a date is skipped (Apia), or nothing happens.
    for day in ("2010-11-06", "2011-03-12", "2011-12-29", "2018-11-03", "2026-03-07", "2026-04-05", "2026-10-25"):
        start = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) + 780
        end = start + 3 * 86_400
        expected: Counter[str] = Counter()
        latest = ""
        for second in range(start - 7200, end, 60):  # no clock changes within a minute
            latest = max(latest, datetime.fromtimestamp(second, viewer).date().isoformat())
            if second >= start:
                expected[latest] += 60
        assert split_by_day([(start, end)], name) == expected
        for found in days_of(start, end, name):
            assert day_of(found.start, name) == day_of(found.end - 1, name) == found.date


@pytest.mark.no_cover
def test_each_midnight_of_a_strange_year_in_every_zone() -> None:
    start = at("2010-10-04T00:00")
    for name in available_timezones():
        viewer = ZoneInfo(name)
        for day in days_of(start, start + 460 * 86_400, name)[1:]:
            assert datetime.fromtimestamp(day.start, viewer).date().isoformat() == day.date
            assert datetime.fromtimestamp(day.start - 1, viewer).date().isoformat() < day.date


def test_midnight_that_the_clocks_jump_over_in_the_middle() -> None:
    # Toronto, 1919-03-30: 23:30 became 00:30, so Monday began half an hour after Sunday's 23:00.
    jump = int(datetime(1919, 3, 31, 4, 30, tzinfo=UTC).timestamp())
    (sunday, monday) = days_of(jump - 60, jump + 60, "America/Toronto")
    assert (sunday.date, sunday.end, monday.date) == ("1919-03-30", jump, "1919-03-31")


def test_a_day_that_was_skipped_has_no_seconds() -> None:
    start = int(datetime(2011, 12, 29, 9, 59, 50, tzinfo=UTC).timestamp())
    dates = [day.date for day in days_of(start, start + 86_420, "Pacific/Apia")]
    assert dates == ["2011-12-28", "2011-12-29", "2011-12-31"]


def test_a_slot_is_split_where_local_midnight_cuts_it() -> None:
    start = int(datetime(2026, 6, 1, 18, 24, tzinfo=UTC).timestamp())  # 23:54 in India, the slot to 00:06
    assert split_by_day([(start, start + 720)], "Asia/Kolkata") == {"2026-06-01": 360, "2026-06-02": 360}


def test_seconds_are_split_once_in_the_order_of_the_days() -> None:
    start = int(datetime(2026, 6, 1, 23, 59, tzinfo=UTC).timestamp())
    found = split_by_day([(start + 70, start + 80), (start, start + 75), (start + 5, start + 5)], "UTC")
    assert list(found.items()) == [("2026-06-01", 60), ("2026-06-02", 20)]


def test_seconds_of_one_day_add_up_over_its_gaps() -> None:
    start = int(datetime(2026, 6, 1, 9, tzinfo=UTC).timestamp())
    assert split_by_day([(start, start + 5), (start + 10, start + 12)], "UTC") == {"2026-06-01": 7}


def test_nothing_has_no_days() -> None:
    assert days_of(5, 5, "UTC") == ()
    assert days_of(6, 5, "UTC") == ()
    assert split_by_day([], "UTC") == {}


@pytest.mark.parametrize(
    ("name", "utc", "hour"),
    [
        ("Asia/Kolkata", "2026-06-01T12:24", LocalHour("2026-06-01", 17, False)),  # 17:54
        ("Asia/Kathmandu", "2026-06-01T18:12", LocalHour("2026-06-01", 23, False)),  # 23:57
        ("America/New_York", "2026-11-01T05:36", LocalHour("2026-11-01", 1, False)),
        ("America/New_York", "2026-11-01T06:36", LocalHour("2026-11-01", 1, True)),
        ("Australia/Lord_Howe", "2026-04-04T15:12", LocalHour("2026-04-05", 1, True)),  # 02:00 became 01:30
        ("America/St_Johns", "2010-11-07T02:40", LocalHour("2010-11-07", 23, True)),  # 00:01 became 23:01
    ],
)
def test_a_tile_stands_in_the_local_hour_in_which_it_starts(name: str, utc: str, hour: LocalHour) -> None:
    assert hour_of(int(datetime.fromisoformat(utc).replace(tzinfo=UTC).timestamp()), name) == hour


@pytest.mark.parametrize("name", ["", "America", "../UTC", "Mars/Olympus", "a\0b", "/etc/passwd", "x" * 5000])
def test_a_zone_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        zone(name)


@pytest.mark.parametrize(
    ("submitted", "saturday"),
    [
        ("2026-11-19 12:00", "2026-11-28 00:00"),  # early: no deadline moves
        ("2026-11-23 07:00", "2026-11-28 00:00"),
        ("2026-11-27 23:59", "2026-11-28 00:00"),
        ("2026-11-28 00:00", "2026-12-05 00:00"),
        ("2026-12-06 10:00", "2026-12-12 00:00"),
    ],
)
def test_review_ends_on_the_saturday_after_submission(submitted: str, saturday: str) -> None:
    assert review_end_from(_second("2026-11-16 00:00"), _second(submitted)) == _second(saturday)


@pytest.mark.parametrize(
    ("at", "saturday"),
    [
        ("2026-11-27 23:59", "2026-11-28 00:00"),
        ("2026-11-28 00:00", "2026-12-05 00:00"),
        ("2026-11-29 23:59", "2026-12-05 00:00"),
        ("2026-11-30 00:00", "2026-12-05 00:00"),
    ],
)
def test_a_failed_charge_is_tried_again_on_the_saturday_after_it(at: str, saturday: str) -> None:
    assert saturday_after(_second(at)) == _second(saturday)


def _second(local: str) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=NEW_YORK).timestamp())
