"""Filters that print durations, money and moments as ``marketplace.web.words`` writes them, and the clock's banner."""

from __future__ import annotations

from django import template

from marketplace.foundation import clock
from marketplace.web import words
from worktime import weeks

register = template.Library()


@register.inclusion_tag("web/fast_clock.html")
def fast_clock() -> dict[str, int]:
    """Print the banner that every screen has while the clock runs fast.

    A tag and not a variable of the request's context: the page of an error on our side has no request.
    """
    return {"rate": clock.rate()}


@register.filter
def duration(seconds: int) -> str:
    """Print seconds as "7 h 24 min"."""
    return words.duration(seconds)


@register.filter
def precise(seconds: int) -> str:
    """Print seconds as "7 h 24 min 13 s"."""
    return words.precise(seconds)


@register.filter
def money(minor: int, currency: str) -> str:
    """Print minor units with their currency."""
    return words.money(minor, currency)


@register.filter
def moment(second: int, zone: str) -> str:
    """Print a second as day and time in the viewer's zone."""
    return words.moment(second, weeks.zone(zone))


@register.filter
def deadline(second: int, zone: str) -> str:
    """Print a due time in ET and in the viewer's zone."""
    return words.moment_et(second, weeks.zone(zone))


@register.filter
def last_minute(second: int, zone: str) -> str:
    """Print the last minute before an exclusive end, in ET and in the viewer's zone."""
    return words.last_minute_et(second, weeks.zone(zone))
