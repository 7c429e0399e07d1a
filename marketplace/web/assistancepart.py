"""What the page of a tile says of its rejection's answer and of assistance, in words. Pure.

What can be done, and until when, is decided in ``disputes``; this only prints it for one reader.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.disputes.models import Case, CaseState, Outcome
from marketplace.disputes.selectors import Assistance
from marketplace.web import words
from marketplace.web.workpage import Reader
from worktime.errors import Problem


@dataclass(frozen=True)
class Said:
    """What somebody sent in one of the two forms (``answer``, ``ask``), and why it could not be taken."""

    form: str = ""
    draft: str = ""
    problem: Problem | None = None


NOTHING_SAID = Said()


@dataclass(frozen=True)
class Text:
    """Words of one side, or of the staff, under a heading that says whose they are and when they were written."""

    heading: str
    text: str


@dataclass(frozen=True)
class AssistancePart:
    """The part of the page. ``state`` names the case's, "" where there is none; ``means`` says what follows from it."""

    texts: tuple[Text, ...]
    state: str
    state_name: str
    means: str
    can_answer: bool
    can_ask: bool
    deadline: str
    said: Said


def build_assistance(
    found: Assistance | None, reader: Reader, role: str | None, said: Said = NOTHING_SAID
) -> AssistancePart | None:
    """Return the part for a reader of ``role`` in the job; None where there is nothing to say or to do."""
    if found is None:
        return None
    rejection, case, mine = found.rejection, found.case, role == "freelancer"
    texts = []
    if rejection.answered_at is not None:
        heading = _("Answered by the freelancer, {when}").format(when=words.moment(rejection.answered_at, reader.tz))
        texts.append(Text(heading, rejection.answer))
    if case is not None:
        heading = _("Asked for assistance by the freelancer, {when}")
        texts.append(Text(heading.format(when=words.moment(case.opened_at, reader.tz)), case.reason))
        texts.extend(_decision(case, reader))
    can_answer, can_ask = mine and found.can_answer, mine and found.can_ask
    if not (texts or mine):
        return None
    state = _state(found)
    return AssistancePart(
        texts=tuple(texts),
        state=state,
        state_name=_state_name(state),
        means=_means(state, role),
        can_answer=can_answer,
        can_ask=can_ask,
        deadline=_deadline(found, reader) if mine else "",
        said=said,
    )


def _decision(case: Case, reader: Reader) -> list[Text]:
    if case.closed_at is None or case.outcome == Outcome.TAKEN_BACK:
        return []
    when = words.moment(case.closed_at, reader.tz)
    return [Text(_("Decided by the staff, {when}").format(when=when), case.decision)]


def _state(found: Assistance) -> str:
    case, rejection = found.case, found.rejection
    if case is None:
        return ""
    if case.state == CaseState.OPEN:
        return "open"
    # What was upheld, the client can still give by taking the rejection back.
    taken_back = rejection.taken_back_at is not None and not rejection.restored
    return Outcome.TAKEN_BACK.value if taken_back else case.outcome


def _state_name(state: str) -> str:
    names = {
        "": "",
        "open": _("The staff have not decided yet"),
        Outcome.UPHELD.value: _("Rejection upheld"),
        Outcome.RESTORED.value: _("Time restored"),
        Outcome.TAKEN_BACK.value: _("Ended: the client took the rejection back"),
    }
    return names[state]


def _means(state: str, role: str | None) -> str:
    if state == "open" and role == "client":
        return _(
            "Until they have, the time stays off, and no payment waits for it. Taking the rejection back ends the case."
        )
    if state == "open":
        return _("Until they have, the time stays off, and no payment waits for it.")
    if state == Outcome.UPHELD:
        return _("That is final: the staff don't decide about it again.")
    if state == Outcome.RESTORED:
        return _("That is final: the time counts, and can't be rejected again.")
    return ""


def _deadline(found: Assistance, reader: Reader) -> str:
    if found.case is not None or found.rejection.taken_back_at is not None:
        return ""
    until = words.moment_et(found.ask_until, reader.tz)
    if found.can_ask:
        return _("Until {moment}. The staff uphold the rejection or restore the time, finally.").format(moment=until)
    return _("Assistance could be asked for until {moment}.").format(moment=until)
