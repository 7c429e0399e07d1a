"""Records rejections and takes them back. Deadlines, messages and mail are decided in ``timesheets``, above."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.foundation.typed import typed
from marketplace.jobs.services import touch
from marketplace.workview.models import Rejection, Segment
from marketplace.workview.selectors import state_of
from worktime.errors import FairhourError, failure
from worktime.intervals import Interval
from worktime.wire import TileState

MAX_REASON = 500


def record_rejection(*, segment: Segment, by: User, reason: str, at: int, taken: Iterable[Interval] = ()) -> Rejection:
    """Store that ``by`` rejects ``segment``, in the caller's transaction; ``taken`` are the seconds that it counted.

    Raises FairhourError: ``reason_needed``, ``already_rejected``, ``restored`` (staff decided finally that it counts),
    ``nothing_to_reject`` (no time in it) or ``no_work_view`` (such time can only be disputed; rules.md, Work View 2).
    """
    reason = typed(reason)
    if not reason or len(reason) > MAX_REASON:
        raise failure(
            "reason_needed",
            _("Reason needed"),
            _("A rejection needs a reason of 1 to %(max)d characters.") % {"max": MAX_REASON},
            _("Write in the reason what is wrong with this time, and reject it again."),
        )
    if standing(segment) is not None:
        raise _refused("already_rejected", _("This screenshot is rejected already."))
    if segment.rejections.filter(restored=True).exists():
        raise failure(
            "restored",
            _("Staff restored it"),
            _("Staff decided finally that this time counts."),
            _("Nothing more can be done here."),
        )
    if state_of(segment, has_picture=False) in (TileState.DELETED, TileState.IDLE):
        raise _refused("nothing_to_reject", _("There is no recorded time in it that could be rejected."))
    if segment.spans and not any(work_view for _start, _end, work_view in segment.spans):
        raise _refused("no_work_view", _("Time without Work View cannot be rejected, only disputed."))
    rejection = Rejection.objects.create(
        segment=segment, by=by, reason=reason, at=at, taken=[list(part) for part in taken]
    )
    touch(segment.job_id)
    return rejection


def record_take_back(*, segment: Segment, at: int) -> Rejection:
    """Store that the standing rejection of ``segment`` is taken back, in the caller's transaction.

    Raises FairhourError ``not_rejected`` when none stands.
    """
    rejection = standing(segment)
    if rejection is None:
        raise _refused("not_rejected", _("This screenshot is not rejected."))
    rejection.taken_back_at = at
    rejection.save(update_fields=["taken_back_at"])
    touch(segment.job_id)
    return rejection


def record_answer(*, rejection: Rejection, answer: str, at: int) -> bool:
    """Store what the freelancer says to a rejection, in the caller's transaction; False when it said so already.

    Raises FairhourError: ``answer_length``, or ``answered_already`` with other words.
    """
    answer = typed(answer)
    if not 0 < len(answer) <= MAX_REASON:
        raise failure(
            "answer_length",
            _("Answer not sent"),
            _("An answer has between 1 and %(max)d characters.") % {"max": MAX_REASON},
            _("Change its length and send it again."),
        )
    if rejection.answer not in ("", answer):
        raise _refused("answered_already", _("This rejection is answered already; an answer stays as it was sent."))
    if rejection.answer:
        return False
    rejection.answer, rejection.answered_at = answer, at
    rejection.save(update_fields=["answer", "answered_at"])
    touch(rejection.segment.job_id)
    return True


def record_restored(*, rejection: Rejection, back: Iterable[Interval], at: int) -> None:
    """Store that staff ended a rejection for good, in the caller's transaction; ``back`` goes on a later timesheet."""
    rejection.taken_back_at, rejection.restored = at, True
    rejection.back = [list(part) for part in back]
    rejection.save(update_fields=["taken_back_at", "restored", "back"])
    touch(rejection.segment.job_id)


def hold(*, segment: Segment, held: bool) -> None:
    """Keep ``segment`` as it is while it is reported or in a case (no deleting, no new comment), or let it go again."""
    Segment.objects.filter(pk=segment.pk).update(held=held)
    touch(segment.job_id)


def freeze(segments: QuerySet[Segment]) -> None:
    """Note that ``segments`` stand on a submitted timesheet: from now on their pictures and comments stay."""
    segments.filter(submitted=False).update(submitted=True)


def standing(segment: Segment) -> Rejection | None:
    """Return the rejection of ``segment`` that stands, or None."""
    return segment.rejections.filter(taken_back_at__isnull=True).first()


def _refused(code: str, message: str) -> FairhourError:
    return failure(code, _("Not possible"), message, _("Load the page again to see how it stands."))
