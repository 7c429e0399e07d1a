"""Amounts and fees against exact fractions and the decimal module's own half-even rounding."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from worktime.money import FeeSchedule, Payout, amount_minor, divide_half_even, payout

AMOUNTS = st.integers(0, 10**9)


def half_even(exact: Fraction) -> int:
    """Round by the decimal module: a whole number and a remainder that is below, at or above a half."""
    whole = exact.numerator // exact.denominator
    rest = exact - whole
    side = Decimal("0.5") if rest == Fraction(1, 2) else Decimal("0.1") if rest < Fraction(1, 2) else Decimal("0.9")
    with localcontext(prec=60):
        return int((Decimal(whole) + side).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
@example(1, 2)
@example(3, 2)
@example(-1, 2)
@example(-3, 2)
def test_division_is_half_even(numerator: int, denominator: int) -> None:
    expected = half_even(Fraction(numerator, denominator))
    assert divide_half_even(numerator, denominator) == expected
    assert divide_half_even(-numerator, denominator) == -expected


@pytest.mark.parametrize("denominator", [0, -1])
def test_a_denominator_is_positive(denominator: int) -> None:
    with pytest.raises(ValueError, match=r"^cannot divide"):
        divide_half_even(1, denominator)


@pytest.mark.parametrize(
    ("seconds", "rate", "amount"),
    [
        (2880, 3000, 2400),  # 48 minutes at 30.00
        (720, 3000, 600),  # a rejected slot
        (1800, 1, 0),  # half a cent goes to the even side
        (1800, 3, 2),
        (1800, 5, 2),
        (-1800, 3, -2),
        (-1800, 5, -2),
        (0, 3000, 0),
        (3600, 0, 0),
    ],
)
def test_amounts(seconds: int, rate: int, amount: int) -> None:
    assert amount_minor(seconds, rate) == amount


@given(st.integers(-700_000, 700_000), st.integers(0, 10**8))
def test_an_amount_is_within_half_a_minor_unit(seconds: int, rate: int) -> None:
    assert abs(amount_minor(seconds, rate) - Fraction(seconds * rate, 3600)) <= Fraction(1, 2)


def test_a_rate_is_not_negative() -> None:
    with pytest.raises(ValueError, match="rate"):
        amount_minor(3600, -1)


SCHEDULES = st.builds(
    FeeSchedule,
    service_bp=st.integers(0, 5000),
    service_above_bp=st.integers(0, 5000),
    threshold_minor=AMOUNTS,
    processing_bp=st.integers(0, 5000),
)


@given(AMOUNTS, AMOUNTS, SCHEDULES)
def test_a_payout_adds_up_and_fees_are_rounded_once(amount: int, before: int, schedule: FeeSchedule) -> None:
    out = payout(amount, before, schedule)
    low = min(Fraction(amount), Fraction(max(0, schedule.threshold_minor - before)))
    exact = (low * schedule.service_bp + (amount - low) * schedule.service_above_bp) / 10_000
    assert out.service_fee == half_even(exact)
    assert out.processing_fee == min(
        half_even(Fraction(amount * schedule.processing_bp, 10_000)), amount - out.service_fee
    )
    assert out.service_fee + out.processing_fee + out.net == amount
    assert min(out.service_fee, out.processing_fee, out.net) >= 0


@pytest.mark.parametrize(
    ("amount", "before", "expected"),
    [
        (2400, 0, Payout(144, 66, 2190)),
        (2400, 998_800, Payout(120, 66, 2214)),  # half at 6 %, half at 4 %
        (2400, 1_000_000, Payout(96, 66, 2238)),
        (2400, 5_000_000, Payout(96, 66, 2238)),
        (0, 0, Payout(0, 0, 0)),
        (1, 0, Payout(0, 0, 1)),
    ],
)
def test_payouts_by_the_usual_schedule(amount: int, before: int, expected: Payout) -> None:
    assert payout(amount, before, FeeSchedule()) == expected


def test_fees_rounded_up_never_take_more_than_the_charge() -> None:
    greedy = FeeSchedule(service_bp=5000, service_above_bp=5000, processing_bp=5000)
    assert payout(3, 0, greedy) == Payout(2, 1, 0)


@pytest.mark.parametrize(("amount", "before"), [(-1, 0), (0, -1)])
def test_a_charge_is_not_negative(amount: int, before: int) -> None:
    with pytest.raises(ValueError, match="charge"):
        payout(amount, before, FeeSchedule())


@pytest.mark.parametrize("name", ["service_bp", "service_above_bp", "threshold_minor", "processing_bp"])
def test_a_schedule_has_no_negative_parts(name: str) -> None:
    with pytest.raises(ValueError, match=r"^fees and their threshold cannot be negative"):
        FeeSchedule(**{name: -1})


@pytest.mark.parametrize("name", ["service_bp", "service_above_bp", "processing_bp"])
def test_a_schedule_never_takes_more_than_everything(name: str) -> None:
    with pytest.raises(ValueError, match=r"^fees cannot be more than the whole amount"):
        FeeSchedule(**{name: 10_001})


def test_above_the_threshold_not_one_minor_unit_is_charged_at_the_rate_below_it() -> None:
    schedule = FeeSchedule()
    # 4 % of 37 are 1.48; one unit of them at 6 % would make 1.50, which is rounded to 2.
    assert payout(37, schedule.threshold_minor, schedule) == Payout(1, 1, 35)
