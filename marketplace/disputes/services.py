"""Reporting a screenshot or comment to staff, and closing the case. A case stops no payment (rules.md, Work View 3)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.disputes.models import Case, CaseKind, CaseState
from marketplace.foundation.transactions import serializable
from marketplace.foundation.typed import typed
from marketplace.jobs.selectors import role_of
from marketplace.timesheets.words import moment
from marketplace.workroom.models import MessageKind
from marketplace.workroom.services import post_message, queue_mail
from marketplace.workview.models import Segment
from marketplace.workview.services import hold
from worktime.errors import FairhourError, failure
from worktime.slots import slot_start

MAX_REASON = 500
MAX_DECISION = 1000


@serializable
def report(*, segment: Segment, by: User, kind: CaseKind, reason: str, now: int) -> Case:
    """Open a case for staff; the same report by the same person while it is open is one case.

    The segment can't be deleted, nor its comment changed, while a case of it is open. Raises FairhourError when ``by``
    is neither client nor freelancer of the job, or the reason is empty or too long.
    """
    if role_of(by, segment.job) is None:
        raise refused("not_yours", _("Only the client and the freelancer of a job can report what is in it."))
    case, made = Case.objects.get_or_create(
        segment=segment,
        kind=kind,
        reporter=by,
        state=CaseState.OPEN,
        defaults={"reason": fit(reason, MAX_REASON), "opened_at": now},
    )
    if made:
        hold(segment=segment, held=True)
        _say(case, by, _("Reported to the marketplace's staff: %(what)s of %(slot)s."), now)
    return case


@serializable
def close(*, case: Case, by: User, decision: str, now: int) -> Case:
    """Close a case with what staff decided, and tell both sides; doing it twice does it once.

    Raises FairhourError when ``by`` is not staff or is in the job, the decision is empty or too long, the case is
    about a rejection (``assistance.decide``), or it was closed with other words.
    """
    check_decides(by, case.segment)
    case = Case.objects.select_for_update(of=("self",)).select_related("segment__job").get(pk=case.pk)
    if case.kind == CaseKind.ASSISTANCE:
        raise refused("outcome_needed", _("A rejection is upheld, or its time is restored."))
    decision = fit(decision, MAX_DECISION)
    if is_decided(case, decision):
        return case
    case.decision = decision
    case.state, case.closed_at, case.decided_by = CaseState.CLOSED, now, by
    case.save(update_fields=["decision", "state", "closed_at", "decided_by"])
    let_go(case.segment)
    text = _say(case, None, _("Staff closed the report of %(what)s of %(slot)s: %(decision)s"), now)
    job = case.segment.job
    for person in (job.client, job.freelancer):
        subject = _("Case closed: %(job)s") % {"job": job.title}
        queue_mail(to=person, subject=subject, text=text, key=f"case:{case.pk}:{person.pk}", now=now)
    return case


def _say(case: Case, author: User | None, sentence: str, now: int) -> str:
    text = sentence % {
        "what": _("the comment") if case.kind == CaseKind.COMMENT else _("the screenshot"),
        "slot": moment(slot_start(case.segment.slot)),
        "decision": case.decision,
    }
    post_message(
        job=case.segment.job, author=author, kind=MessageKind.CASE, text=text, now=now, segment=case.segment_id
    )
    return text


def check_decides(by: User, segment: Segment) -> None:
    """Raise FairhourError unless ``by`` is staff and on neither side of the segment's job."""
    if not by.is_staff:
        raise refused("staff_only", _("Only the marketplace's staff decide cases."))
    if role_of(by, segment.job) is not None:
        raise refused("own_case", _("Who is in the job does not decide about it."))


def is_decided(case: Case, decision: str, outcome: str = "") -> bool:
    """Return whether ``case`` was closed just so. Raises FairhourError where it was closed otherwise meanwhile."""
    if case.state == CaseState.OPEN:
        return False
    if (case.outcome, case.decision) != (outcome, decision):
        raise refused("case_closed", _("The case was decided meanwhile."))
    return True


def let_go(segment: Segment) -> None:
    """Let ``segment`` be changed again, unless another case of it is open."""
    if not Case.objects.filter(segment=segment, state=CaseState.OPEN).exists():
        hold(segment=segment, held=False)


def fit(text: str, limit: int) -> str:
    """Return ``text`` without what surrounds it. Raises FairhourError unless 1 to ``limit`` characters are left."""
    text = typed(text)
    if not 0 < len(text) <= limit:
        raise refused("reason_length", _("It needs a text of 1 to %(limit)d characters.") % {"limit": limit})
    return text


def refused(code: str, message: str) -> FairhourError:
    """Return the exception for what can't be done as things stand."""
    return failure(code, _("Not possible"), message, _("Load the page again to see how it stands."))
