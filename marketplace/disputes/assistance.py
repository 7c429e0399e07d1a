"""Rejections that the freelancer doesn't accept: an answer to the client, and a case that staff decide for good.

Rejected time stays off while a case is open, and nothing here stops a payment (rules.md, Work View 3). What a decision
does to timesheets is the business of ``timesheets.restoring``.
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.disputes.models import Case, CaseKind, CaseState, Outcome
from marketplace.disputes.services import MAX_DECISION, MAX_REASON, check_decides, fit, is_decided, let_go, refused
from marketplace.foundation.transactions import serializable
from marketplace.jobs.selectors import role_of
from marketplace.timesheets.services import Restored, has_charged, restore
from marketplace.timesheets.services import take_back as take_rejection_back
from marketplace.timesheets.words import duration, moment, moment_for
from marketplace.workroom.models import MessageKind
from marketplace.workroom.services import post_message, queue_mail
from marketplace.workview.models import Rejection, Segment
from marketplace.workview.rejections import standing
from marketplace.workview.services import hold, record_answer
from worktime.errors import FairhourError, failure
from worktime.weeks import ASSISTANCE_S, zone


@serializable
def answer(*, segment: Segment, by: User, text: str, now: Callable[[], int]) -> Rejection:
    """Keep what the freelancer says to the rejection of ``segment`` that stands, and tell the client.

    Raises FairhourError when ``by`` is not the job's freelancer, no rejection stands, staff have decided about it, or
    it was answered in other words (``workview.rejections``). The same words again change nothing.
    """
    rejection = _rejection(segment, by)
    if Case.objects.filter(rejection=rejection, state=CaseState.CLOSED).exists():
        raise _decided()
    at = now()
    if record_answer(rejection=rejection, answer=text, at=at):
        sentence = _("The freelancer answered the rejection of %(slot)s: %(answer)s")
        _tell(segment, by, MessageKind.ANSWERED, sentence, {"answer": rejection.answer}, f"answered:{rejection.pk}", at)
    return rejection


@serializable
def ask(*, segment: Segment, by: User, reason: str, now: Callable[[], int]) -> Case:
    """Open a case about the rejection of ``segment`` that stands; while it is open, asking again is the same case.

    ``now`` is the clock, not a moment: it is read in here. Raises FairhourError when ``by`` is not the job's
    freelancer, no rejection stands, ``ASSISTANCE_S`` have passed since, staff have decided, or the reason is not fit.
    """
    rejection = _rejection(segment, by)
    at = now()
    known = Case.objects.filter(rejection=rejection).first()
    if known is not None and known.state == CaseState.CLOSED:
        raise _decided()
    if known is not None:
        return known
    if at - rejection.at > ASSISTANCE_S:
        raise failure(
            "asked_too_late",
            _("Too late to ask"),
            _("Assistance can be asked for within 7 days of a rejection."),
            _("Write to the client in the workroom."),
        )
    case = Case.objects.create(
        kind=CaseKind.ASSISTANCE,
        segment=segment,
        rejection=rejection,
        reporter=by,
        reason=fit(reason, MAX_REASON),
        opened_at=at,
    )
    hold(segment=segment, held=True)
    sentence = _(
        "The freelancer asked the marketplace's staff for assistance about the rejection of %(slot)s: %(reason)s\n"
        "Until they have decided, the time stays off. No payment waits for it."
    )
    _tell(segment, by, MessageKind.ASSISTANCE, sentence, {"reason": case.reason}, f"asked:{case.pk}", at)
    return case


@serializable
def decide(*, case: Case, by: User, outcome: str, decision: str, now: Callable[[], int]) -> Case:
    """Uphold the rejection or restore its time, for good, and tell both sides; doing it twice does it once.

    Raises FairhourError when ``by`` is not staff or is in the job, the case is none of assistance, ``outcome`` none
    that staff decide, the decision is empty or too long, or the case has ended otherwise.
    """
    check_decides(by, case.segment)
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("segment__job", "rejection__segment")
        .get(pk=case.pk)
    )
    if case.rejection is None or outcome not in (Outcome.UPHELD, Outcome.RESTORED):
        raise refused("no_such_decision", _("A rejection is upheld, or its time is restored."))
    decision = fit(decision, MAX_DECISION)
    if is_decided(case, decision, outcome):
        return case
    case.decision = decision
    _close(case, by, outcome, now())
    facts = {"decision": case.decision}
    if outcome == Outcome.UPHELD:
        sentence = _("Staff upheld the rejection of %(slot)s, finally: %(decision)s")
    else:
        sentence = "\n".join([_("Staff restored the time of %(slot)s, finally: %(decision)s"), "%(effect)s"])
        facts["effect"] = _effect(restore(rejection=case.rejection, now=now))
    _tell(case.segment, None, MessageKind.ASSISTANCE, sentence, facts, f"decided:{case.pk}", now())
    return case


@serializable
def take_back(*, segment: Segment, by: User, now: Callable[[], int]) -> None:
    """Take the rejection of ``segment`` back by the client's hand; an open case about it has nothing left to decide.

    Raises FairhourError as ``timesheets.review.take_back`` does, and while a case is open and only staff can give back
    all of the time: part of it was charged away since.
    """
    asked = Case.objects.filter(segment=segment, kind=CaseKind.ASSISTANCE, state=CaseState.OPEN)
    case = asked.select_for_update(of=("self",)).select_related("segment", "rejection").first()
    asked_about = case.rejection if case is not None and role_of(by, segment.job) == "client" else None
    if asked_about is not None and has_charged(asked_about):
        raise refused("partly_charged", _("Part of it is on a charged timesheet: the staff decide."))
    take_rejection_back(segment=segment, by=by, now=now)
    if case is not None:
        case.decision = _("The client took the rejection back.")
        _close(case, by, Outcome.TAKEN_BACK, now())


def _rejection(segment: Segment, by: User) -> Rejection:
    if role_of(by, segment.job) != "freelancer":
        raise failure(
            "not_yours",
            _("Only the freelancer can do this"),
            _("A rejection is answered, and assistance asked for, by the freelancer of the job."),
            _("Report the screenshot to staff, if something is wrong with it."),
        )
    rejection = standing(segment)
    if rejection is None:
        raise refused("not_rejected", _("This screenshot is not rejected."))
    return rejection


def _decided() -> FairhourError:
    return failure(
        "case_closed",
        _("Staff have decided"),
        _("What was rejected here was decided finally."),
        _("Talk to the other side."),
    )


def _close(case: Case, by: User, outcome: str, at: int) -> None:
    case.outcome, case.state, case.closed_at, case.decided_by = outcome, CaseState.CLOSED, at, by
    case.save(update_fields=["outcome", "decision", "state", "closed_at", "decided_by"])
    let_go(case.segment)


def _effect(restored: Restored) -> str:
    told = []
    if restored.now_s or not restored.later_s:
        told.append(_("%(time)s are on the timesheet again.") % {"time": duration(restored.now_s)})
    if restored.later_s:
        told.append(_("%(time)s go on the next timesheet, as an adjustment.") % {"time": duration(restored.later_s)})
    return " ".join(told)


def _tell(
    segment: Segment, author: User | None, kind: MessageKind, sentence: str, facts: dict[str, str], key: str, at: int
) -> None:
    """Say ``sentence`` in the workroom, in ET, and by mail to whoever did not write it, in their own time too.

    A message without an author is the marketplace's; asking for assistance is confirmed to who asked.
    """
    job = segment.job
    text = sentence % {**facts, "slot": moment(segment.starts_at)}
    post_message(job=job, author=author, kind=kind, text=text, now=at, segment=segment.pk)
    for person in (job.client, job.freelancer):
        if person == author and kind == MessageKind.ANSWERED:
            continue
        queue_mail(
            to=person,
            subject=f"{kind.label}: {job.title}",
            text=sentence % {**facts, "slot": moment_for(segment.starts_at, zone(person.time_zone))},
            key=f"{key}:{person.pk}",
            now=at,
            page=f"{reverse('viewer', args=[segment.pk])}#assistance",
        )
