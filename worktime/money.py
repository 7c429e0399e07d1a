"""Money: integer minor units of one currency. Amounts of lines, and what is left of a charge after the fees.

No floating point anywhere, and each figure is rounded exactly once. Which currency it is, is the caller's business.
"""

from __future__ import annotations

from dataclasses import dataclass

HOUR_S = 3600
BASIS_POINTS = 10_000
"""Basis points in the whole: 600 are 6 %."""


def divide_half_even(numerator: int, denominator: int) -> int:
    """Return ``numerator / denominator`` rounded to the nearest integer, a half to the even one.

    The same for a negative numerator with its sign turned; ``denominator`` must be positive, else ValueError.
    """
    if denominator <= 0:
        raise ValueError(f"cannot divide by {denominator}")
    quotient, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and quotient % 2):
        return quotient + 1
    return quotient


def amount_minor(seconds: int, rate_minor: int) -> int:
    """Return seconds x rate / 3600 in minor units, half-even (rules.md, Timesheets 8): once for each line.

    ``rate_minor`` is for an hour and not negative (else ValueError); negative ``seconds`` are an adjustment.
    """
    if rate_minor < 0:
        raise ValueError(f"a rate cannot be negative: {rate_minor}")
    return divide_half_even(seconds * rate_minor, HOUR_S)


@dataclass(frozen=True)
class FeeSchedule:
    """The fees on a charge (rules.md, Timesheets 9), each a number of basis points.

    ``service_bp`` holds for what a job has billed up to ``threshold_minor`` (minor units of the job's currency),
    ``service_above_bp`` for what is above it.
    """

    service_bp: int = 600
    service_above_bp: int = 400
    threshold_minor: int = 1_000_000
    processing_bp: int = 275

    def __post_init__(self) -> None:
        if min(self.service_bp, self.service_above_bp, self.processing_bp, self.threshold_minor) < 0:
            raise ValueError("fees and their threshold cannot be negative")
        if max(self.service_bp, self.service_above_bp) + self.processing_bp > BASIS_POINTS:
            raise ValueError("fees cannot be more than the whole amount")


@dataclass(frozen=True)
class Payout:
    """What becomes of a charge, in minor units: the parts add up to the charged amount."""

    service_fee: int
    processing_fee: int
    net: int


def payout(amount: int, billed_before: int, schedule: FeeSchedule) -> Payout:
    """Split the charge ``amount`` of a job that had been charged ``billed_before`` before it (minor units).

    Each fee is rounded half-even once for the charge, the service fee over both of its rates together. ValueError for
    negative amounts.
    """
    if amount < 0 or billed_before < 0:
        raise ValueError(f"a charge cannot be negative: {amount} after {billed_before}")
    below = min(amount, max(0, schedule.threshold_minor - billed_before))
    service = divide_half_even(below * schedule.service_bp + (amount - below) * schedule.service_above_bp, BASIS_POINTS)
    # Two fees that are rounded up may not take more than there is.
    processing = min(amount - service, divide_half_even(amount * schedule.processing_bp, BASIS_POINTS))
    return Payout(service, processing, amount - service - processing)
