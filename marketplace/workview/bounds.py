"""What the marketplace believes of a segment, judged by its own clock (rules.md, Two machines 3). Pure.

What cannot be at all (outside the slot, overlapping) is refused by ``worktime.wire`` while decoding.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from worktime.errors import Problem
from worktime.slots import slot_end, slot_start
from worktime.wire import AHEAD_OF_SERVER_S, Segment

MAX_DEVICES = 4
"""Devices of one person that can record in the same slot: each costs whoever adds the time up."""

MAX_SEGMENTS_A_DAY = 20_000
"""Stored or revised in 24 hours: months offline on several devices come in within a day or two."""


def refusal(segment: Segment, *, started_at: int, ended_at: int | None, now: int) -> Problem | None:
    """Return why ``segment`` is refused, or None. Times are UTC seconds; ``ended_at`` is None while the job runs."""
    moments = [at for interval in (*segment.intervals, *segment.idle, *segment.deleted) for at in interval]
    if segment.picture is not None:
        moments.append(segment.picture.taken_at)
    # One without any time or picture is in its slot all the same: comment and reason are shown there.
    first = min(moments, default=slot_end(segment.slot) - 1)
    last = max(moments, default=slot_start(segment.slot))
    if last > now + AHEAD_OF_SERVER_S:
        return Problem(
            "ahead_of_server",
            _("Time ahead of the marketplace's clock"),
            _("This time ends %(seconds)d seconds after the marketplace's clock. It is kept and sent again.")
            % {"seconds": last - now},
            _("Check the date and the time of this computer."),
            retryable=True,
        )
    if first < started_at:
        return _problem("before_job", _("This time lies before the job began."))
    if ended_at is not None and last > ended_at:
        return _problem("job_ended", _("This time lies after the job had ended."))
    return None


def unknown_job() -> Problem:
    """Return the one answer for a job that is not there and one that is not the sender's."""
    return Problem(
        "unknown_job",
        _("No such job"),
        _("There is no such job, or you are not its freelancer."),
        _("Choose one of the jobs in your list."),
    )


def held() -> Problem:
    """Return the answer to deleting what is rejected, reported or in a case (rules.md, Tracking 6)."""
    return _problem("held", _("This screenshot was rejected or reported, so it cannot be deleted now."))


def too_many_devices() -> Problem:
    """Return the answer to one device too many in a slot."""
    return _problem(
        "too_many_devices",
        _("%(count)d other devices have recorded in these 12 minutes already.") % {"count": MAX_DEVICES},
    )


def too_many_segments() -> Problem:
    """Return the answer to more new segments in a day than a person can have recorded."""
    return Problem(
        "segment_quota",
        _("Too many segments"),
        _("The marketplace takes in %(count)d segments of a person a day.") % {"count": MAX_SEGMENTS_A_DAY},
        _("Nothing to do: they are kept and sent again."),
        retryable=True,
    )


def collided() -> Problem:
    """Return the answer when two requests wrote the same segment or picture at the same instant."""
    return Problem(
        "collided",
        _("Sent twice at once"),
        _("Another request was storing the same at that moment."),
        _("Nothing to do: it is sent again."),
        retryable=True,
    )


def _problem(code: str, message: str) -> Problem:
    return Problem(
        code,
        _("Recorded time not accepted"),
        message,
        _("It stays on your computer. Export it, or ask the marketplace's staff for help."),
    )
