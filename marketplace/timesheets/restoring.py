"""Staff's decision that rejected time counts: it stands on its timesheet again, or goes on a later one.

What the rejection kept off a timesheet that was charged since leaves that one and comes on the next as an adjustment,
under the rate and the authorized hours of the week in which it was worked (rules.md, Work View 3). Who may decide, and
whom to tell, is the business of ``disputes``, above.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from marketplace.foundation.transactions import serializable
from marketplace.timesheets.models import Entry, State
from marketplace.timesheets.review import counted, lock_sheets
from marketplace.workview.models import Rejection, Segment
from marketplace.workview.rejections import record_restored
from worktime.intervals import Interval, intersect, total, union

_CAN_CHANGE = frozenset({State.OPEN, State.SUBMITTED})


def has_charged(rejection: Rejection) -> bool:
    """Tell whether a timesheet that can't be changed any more holds rejected seconds, which only staff can restore."""
    held = Entry.objects.filter(segment=rejection.segment_id, timesheet__review_ends__gt=rejection.at)
    return held.exclude(timesheet__state__in=_CAN_CHANGE).exclude(spans=[]).exists()


class Restored(NamedTuple):
    """Seconds that stand again on a timesheet that is not charged yet, and those that wait for the next one."""

    now_s: int
    later_s: int


@serializable
def restore(*, rejection: Rejection, now: Callable[[], int]) -> Restored:
    """End ``rejection``, which stands, for good: the segment can't be rejected again.

    ``now`` is the clock, not a moment: it is read after the timesheets were locked, so a charge has taken place or not.
    """
    segment = rejection.segment
    lock_sheets(segment.job, segment)
    segment.refresh_from_db()
    at = now()
    back = _let_go(segment, rejection)
    record_restored(rejection=rejection, back=back, at=at)
    stands_s, later_s = total(counted(segment.job, segment, at)), total(back)
    return Restored(stands_s - later_s, later_s)


def _let_go(segment: Segment, rejection: Rejection) -> tuple[Interval, ...]:
    """Take the segment's rejected seconds off the timesheets that are charged, or being charged, and return them.

    What such a timesheet held when the rejection came was paid; that came from review's end on.
    """
    spans = [(start, end) for start, end, _work_view in segment.spans]
    back: list[Interval] = []
    for entry in Entry.objects.filter(segment=segment).select_related("timesheet"):
        sheet = entry.timesheet
        if sheet.state not in _CAN_CHANGE and rejection.at < sheet.review_ends:
            back.extend(intersect(((start, end) for start, end in entry.spans), spans))
            entry.spans = []
            entry.save(update_fields=["spans"])
    return union(back)
