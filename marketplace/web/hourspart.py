"""The Other hours of a week as values with every text ready to print, for the Work View page and timesheets. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.web import words
from marketplace.web.workpage import digest_of
from worktime import weeks
from worktime.wire import HoursState, OtherHoursView


@dataclass(frozen=True)
class HoursRow:
    """An entry. ``words``: where it stands, "" when that goes without saying; ``changes``: its reader may change it."""

    id: UUID
    seconds: int
    length: str
    note: str
    words: str
    additional: bool
    changes: bool


@dataclass(frozen=True)
class HoursPart:
    """The section of the page. ``adds``: its reader can enter more."""

    rows: tuple[HoursRow, ...]
    seconds: int
    lead: str
    adds: bool

    @property
    def sum(self) -> str:
        """The sum in words, to the second."""
        return words.precise(self.seconds)

    @property
    def shown(self) -> bool:
        """Whether the page has the section."""
        return bool(self.rows or self.adds)

    @property
    def digest(self) -> str:
        """A short mark that changes with anything printed."""
        return digest_of((self.rows, self.lead, self.adds))


def build_hours(
    views: Iterable[OtherHoursView], week_start: int, *, submitted: bool, freelancer: bool, adds: bool
) -> HoursPart:
    """Return the section of the week; ``submitted``: its timesheet was."""
    rows = tuple(_row(view, week_start, freelancer=freelancer) for view in views)
    return HoursPart(rows, sum(row.seconds for row in rows), _lead(rows, submitted, freelancer), adds)


def _row(view: OtherHoursView, week_start: int, *, freelancer: bool) -> HoursRow:
    return HoursRow(
        id=view.id,
        seconds=view.seconds,
        length=words.precise(view.seconds),
        note=view.note,
        words=_words(view, week_start),
        additional=view.state is HoursState.ADDITIONAL,
        changes=freelancer and view.state is not HoursState.SUBMITTED,
    )


def _words(view: OtherHoursView, week_start: int) -> str:
    if view.state is HoursState.ADDITIONAL:
        return _("Additional: added after the week was submitted")
    if view.sheet_week is not None and view.sheet_week != week_start:
        week = words.week_name(view.sheet_week, weeks.week_end(view.sheet_week))
        return _("On the timesheet of {week}").format(week=week)
    return ""


def _lead(rows: tuple[HoursRow, ...], submitted: bool, freelancer: bool) -> str:
    parts = []
    if freelancer:
        parts.append(_("Time that you type in. It counts after tracked time and is never protected."))
        if submitted:
            parts.append(_("The week was submitted: what you add now goes on the next timesheet."))
        return " ".join(parts)
    parts.append(_("Typed in by the freelancer, without screenshots. It can't be rejected, only disputed."))
    if any(row.additional for row in rows):
        parts.append(_("Additional hours are not charged with this week: they go on the next timesheet."))
    return " ".join(parts)
