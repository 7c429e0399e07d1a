"""What the book refuses, in words: the code of each refusal with its title, its reason and what to do instead."""

from __future__ import annotations

from typing import NamedTuple

from worktime.errors import FairhourError, failure


class _Words(NamedTuple):
    title: str
    why: str
    action: str


_READ_AGAIN = "Load the page again to see how it stands."

_WORDS = {
    "unknown_job": _Words("Unknown job", "The person has no such job.", _READ_AGAIN),
    "out_of_order": _Words(
        "Too late to say", "Something that happened later is in the book already.", "Send it with the present moment."
    ),
    "unknown_segment": _Words("Unknown segment", "Nothing was received of this segment.", "Wait until it was sent."),
    "before_job": _Words(
        "Before the job began", "This time lies before the job began.", "Talk to the client, who knows of it."
    ),
    "after_job": _Words(
        "After the job ended", "This time lies after the job had ended.", "Talk to the client, who knows of it."
    ),
    "rejected_stays": _Words(
        "It was rejected",
        "What was rejected can't be deleted, nor its comment changed.",
        "Answer the rejection, or ask for assistance.",
    ),
    "submitted": _Words(
        "It was submitted",
        "It stands on a timesheet that was submitted and can't be changed any more.",
        "Ask the client to reject it, or refund it after the charge.",
    ),
    "not_arrived": _Words(
        "It has not arrived", "Time can be rejected from the moment at which it has arrived.", "Wait for its picture."
    ),
    "restored": _Words(
        "Staff restored it", "Staff decided finally that this time counts.", "Dispute it in review, if it is unrelated."
    ),
    "nothing_to_reject": _Words("Nothing to reject", "There is no time in it that counts.", _READ_AGAIN),
    "no_work_view": _Words(
        "It has no Work View",
        "Time without Work View can't be rejected, only disputed.",
        "Dispute the time while its timesheet is in review.",
    ),
    "review_over": _Words(
        "Review is over",
        "Time can be rejected, a rejection taken back, and hours disputed until review ends.",
        "Talk to the freelancer, who can refund the charge.",
    ),
    "not_rejected": _Words("It is not rejected", "No rejection of it stands.", _READ_AGAIN),
    "case_closed": _Words(
        "Staff have decided", "What was rejected here was decided finally.", "Talk to the other side."
    ),
    "asked_too_late": _Words(
        "Too late to ask",
        "Assistance can be asked for within 7 days of a rejection.",
        "Talk to the client, who can pay the time by hand.",
    ),
    "bad_hours": _Words(
        "No such hours, or no note",
        "Other hours are at least a second, at most the hours of their week, and have a note.",
        "Enter the time, and say in the note what it was.",
    ),
    "bad_week": _Words(
        "Not a week of the job",
        "The week has not begun, or is before the job's first or after its last one.",
        "Choose a week of the job.",
    ),
    "known_id": _Words("Entered already", "An entry with this id is in the book.", _READ_AGAIN),
    "unknown_hours": _Words("Unknown entry", "There is no such entry of Other hours.", _READ_AGAIN),
    "job_ended": _Words("The job has ended", "It has no more weeks whose terms could change.", "Begin a new job."),
    "not_next_week": _Words(
        "Only the next week's",
        "Rate and authorized hours can be changed for the next week, never for the current one.",
        "Change them for the next week.",
    ),
    "already_submitted": _Words("Submitted already", "The timesheet was submitted before.", _READ_AGAIN),
    "earlier_open": _Words(
        "An earlier week is open",
        "Timesheets are submitted in the order of their weeks.",
        "Submit the earlier week first, or wait until it is submitted automatically.",
    ),
    "dispute_open": _Words(
        "A dispute is open", "Nothing of the job is paid while a dispute is open.", "Wait until staff have resolved it."
    ),
    "not_submitted": _Words(
        "Not submitted yet", "The timesheet is still open.", "Wait until it was submitted, or ask for its submission."
    ),
    "already_charged": _Words("Paid already", "The timesheet was charged, or closed without a charge.", _READ_AGAIN),
    "not_charged": _Words(
        "Not charged yet",
        "What is above the authorized hours is paid with the rest, or after it.",
        "Pay the timesheet.",
    ),
    "above_paid": _Words("Paid already", "What stood above the authorized hours was paid.", _READ_AGAIN),
    "nothing_above": _Words("Nothing to pay", "Nothing stands above the authorized hours.", _READ_AGAIN),
    "nothing_disputed": _Words(
        "Nothing disputed",
        "None of the hours that were named stands on this timesheet.",
        "Name hours that stand on it.",
    ),
    "no_dispute": _Words("No open dispute", "No dispute on this timesheet is open.", _READ_AGAIN),
    "no_charge": _Words("No such charge", "Nothing was charged in this way for the timesheet.", _READ_AGAIN),
    "bad_amount": _Words(
        "More than is left",
        "A refund is at least one minor unit, and at most what is left of the charge.",
        "Refund at most what is left.",
    ),
}


def refused(code: str) -> FairhourError:
    """Return the exception for an event that the book refuses."""
    words = _WORDS[code]
    return failure(code, words.title, words.why, words.action)
