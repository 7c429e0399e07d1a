"""Durations, money and New York moments in messages."""

from __future__ import annotations

import pytest

from marketplace.timesheets.words import duration, moment, moment_for, money
from tests.marketplace.support import WEDNESDAY, WEEK
from worktime.weeks import review_end, zone


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 min"), (720, "12 min"), (61, "1 min 1 s"), (26_640, "7 h 24 min"), (3601, "1 h 0 min")]
)
def test_durations(seconds: int, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (2400, "USD", "24.00 USD"),
        (5, "EUR", "0.05 EUR"),
        (123_456_789, "USD", "1,234,567.89 USD"),
        (1500, "JPY", "1,500 JPY"),
        (-250, "USD", "-2.50 USD"),
    ],
)
def test_money(minor: int, currency: str, text: str) -> None:
    assert money(minor, currency) == text


def test_moments_are_new_yorks() -> None:
    assert moment(WEEK, "date") == "Mon 16 Nov 2026"
    assert moment(WEDNESDAY) == "Wed 18 Nov 2026 10:00 ET"
    assert moment(review_end(WEEK), "before") == "Fri 27 Nov 2026 23:59 ET"


@pytest.mark.parametrize(
    ("own", "text"),
    [
        ("Europe/Berlin", "Wed 18 Nov 2026 10:00 ET (16:00 your time)"),
        ("Pacific/Auckland", "Wed 18 Nov 2026 10:00 ET (Thu 04:00 your time)"),
        ("America/Toronto", "Wed 18 Nov 2026 10:00 ET"),
    ],
)
def test_a_reader_elsewhere_gets_their_own_time_too(own: str, text: str) -> None:
    assert moment_for(WEDNESDAY, zone(own)) == text
