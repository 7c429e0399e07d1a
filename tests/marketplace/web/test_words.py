"""How durations, money and moments read."""

from zoneinfo import ZoneInfo

import pytest

from marketplace.web import words

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY_ET = 1_763_355_600  # Monday 17 November 2025, 00:00 in New York


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 min"),
        (43, "43 s"),
        (60, "1 min"),
        (779, "12 min"),
        (3600, "1 h"),
        (26_640, "7 h 24 min"),
        (-720, "minus 12 min"),
    ],
)
def test_a_duration_reads_in_hours_and_minutes(seconds: int, text: str) -> None:
    assert words.duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (720, "12 minutes"),
        (60, "1 minute"),
        (431, "7 minutes 11 seconds"),
        (1, "1 second"),
        (0, "0 minutes"),
    ],
)
def test_a_button_says_its_effect_to_the_second(seconds: int, text: str) -> None:
    assert words.exact(seconds) == text


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (2400, "USD", "24.00 USD"),
        (123_456_789, "EUR", "1,234,567.89 EUR"),
        (5, "USD", "0.05 USD"),
        (-150, "USD", "-1.50 USD"),
        (1500, "JPY", "1,500 JPY"),
        (1500, "BHD", "1.500 BHD"),
    ],
)
def test_money_carries_its_currency(minor: int, currency: str, text: str) -> None:
    assert words.money(minor, currency) == text


def test_a_deadline_stands_in_et_and_in_the_viewers_zone() -> None:
    assert words.moment_et(MONDAY_ET + 7 * 3600, BERLIN) == "Mon 17 Nov, 07:00 ET (13:00 your time)"


def test_the_viewers_day_is_named_where_it_differs() -> None:
    assert words.moment_et(MONDAY_ET - 3600, BERLIN) == "Sun 16 Nov, 23:00 ET (Mon 05:00 your time)"


def test_a_viewer_on_eastern_time_reads_a_deadline_once() -> None:
    assert words.moment_et(MONDAY_ET, ZoneInfo("America/Toronto")) == "Mon 17 Nov, 00:00 ET"


def test_review_reads_as_the_last_minute_before_its_exclusive_end() -> None:
    saturday = MONDAY_ET + 5 * 86_400
    assert words.last_minute_et(saturday, BERLIN) == "Fri 21 Nov, 23:59 ET (Sat 05:59 your time)"


def test_a_week_is_named_by_its_days_in_new_york() -> None:
    assert words.week_name(MONDAY_ET, MONDAY_ET + 7 * 86_400) == "17 to 23 November 2025"
    assert words.week_name(MONDAY_ET + 14 * 86_400, MONDAY_ET + 21 * 86_400) == "1 to 7 December 2025"
    assert words.week_name(MONDAY_ET + 42 * 86_400, MONDAY_ET + 49 * 86_400) == "29 December 2025 to 4 January 2026"


def test_a_long_text_becomes_one_line() -> None:
    assert words.one_line("two\n lines") == "two lines"
    assert words.one_line("x" * 80) == "x" * 59 + "…"
