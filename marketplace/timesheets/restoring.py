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
from worktime.intervals import Interval, intersect, subtract, total, union

_CAN_CHANGE = frozenset({State.OPEN, State.SUBMITTED})


class Restored(NamedTuple):
    """Seconds that stand again on a timesheet that is not charged yet, and those that wait for the next one.

    What was paid before the rejection came is neither: no rejection took it.
    """

    now_s: int
    later_s: int


class _Charged(NamedTuple):
    """What timesheets that can't be changed any more hold of a segment.

    ``back``: its rejected seconds, on ``entries``. ``paid``: what they held when the rejection came; that came from
    review's end on.
    """

    entries: tuple[Entry, ...]
    back: tuple[Interval, ...]
    paid: tuple[Interval, ...]


@serializable
def restore(*, rejection: Rejection, now: Callable[[], int]) -> Restored:
    """End ``rejection``, which stands, for good: the segment can't be rejected again.

    ``now`` is the clock, not a moment: it is read after the timesheets were locked, so a charge has taken place or not.
    """
    segment = rejection.segment
    lock_sheets(segment.job, segment)
    segment.refresh_from_db()
    at = now()
    charged = _charged(segment, rejection)
    for entry in charged.entries:
        entry.spans = []
        entry.save(update_fields=["spans"])
    record_restored(rejection=rejection, back=charged.back, at=at)
    return _restored(segment, charged, at)


def would_restore(*, rejection: Rejection, now: int) -> Restored:
    """Return what ``restore`` would do at the second ``now``."""
    return _restored(rejection.segment, _charged(rejection.segment, rejection), now)


def has_charged(rejection: Rejection) -> bool:
    """Tell whether a timesheet that can't be changed any more holds rejected seconds, which only staff can restore."""
    return any(entry.spans for entry in _charged(rejection.segment, rejection).entries)


def _charged(segment: Segment, rejection: Rejection) -> _Charged:
    spans = [(start, end) for start, end, _work_view in segment.spans]
    entries: list[Entry] = []
    back: list[Interval] = []
    paid: list[Interval] = []
    for entry in Entry.objects.filter(segment=segment).select_related("timesheet"):
        if entry.timesheet.state in _CAN_CHANGE:
            continue
        held = [(start, end) for start, end in entry.spans]
        if rejection.at < entry.timesheet.review_ends:
            entries.append(entry)
            back.extend(intersect(held, spans))
        else:
            paid.extend(held)
    return _Charged(tuple(entries), union(back), union(paid))


def _restored(segment: Segment, charged: _Charged, at: int) -> Restored:
    stands = counted(segment.job, segment, at)
    now_s = total(subtract(stands, (*charged.back, *charged.paid)))
    return Restored(now_s, total(intersect(stands, charged.back)))
