"""What can be wrong with a picture, in words for the freelancer, and the reason that goes on the segment.

All are fixed sentences with places for values (worktime.errors), so that they can be translated.
"""

from __future__ import annotations

from worktime.errors import FairhourError, Problem, failure
from worktime.wire import NoPicture

PERMISSION = "capture_permission"
FAILED = "capture_failed"
TIMEOUT = "capture_timeout"
UNAVAILABLE = "capture_unavailable"
WINDOWS = "hiding_windows"
LAYOUT = "hiding_layout"

_ALL_HIDDEN = "Until then the whole screenshot is hidden."
_TIME_COUNTS = "The time counts, but is not protected by a screenshot."


def permission(message: str, action: str, **values: object) -> FairhourError:
    """Return the error for a system that refuses pictures until the user allows them."""
    return failure(
        PERMISSION, "Screenshots are not allowed", f"{message} {_TIME_COUNTS}", action, retryable=False, **values
    )


def failed(message: str, **values: object) -> FairhourError:
    """Return the error for a picture that did not come; the next one may."""
    return failure(
        FAILED,
        "The screenshot failed",
        f"{message} {_TIME_COUNTS}",
        "Nothing now: the next slot is tried again. If it keeps happening, run: fairhour doctor",
        retryable=True,
        **values,
    )


def timed_out(message: str, **values: object) -> FairhourError:
    """Return the error for a display system that did not answer in time."""
    return failure(
        TIMEOUT,
        "The screenshot took too long",
        f"{message} {_TIME_COUNTS}",
        "If the system asks whether Fairhour may take screenshots, allow it. The next slot is tried again.",
        retryable=True,
        **values,
    )


def unavailable(message: str, action: str, **values: object) -> FairhourError:
    """Return the error for a system on which no picture can be had as it stands."""
    return failure(
        UNAVAILABLE, "Screenshots are not possible here", f"{message} {_TIME_COUNTS}", action, retryable=False, **values
    )


def windows_unknown(message: str, **values: object) -> FairhourError:
    """Return the error for windows that can't be listed, now or on this system."""
    return failure(
        WINDOWS,
        "Windows can't be told apart",
        f"{message} {_ALL_HIDDEN}",
        "Under “What is hidden”, choose areas, or blur the whole picture, instead of programs and titles.",
        retryable=False,
        **values,
    )


def layout_unknown() -> FairhourError:
    """Return the error for areas and monitors that were chosen with other screens than there are now."""
    return failure(
        LAYOUT,
        "Your screens have changed",
        f"An area or a monitor was chosen while the screens stood in another way. {_ALL_HIDDEN}",
        "Choose it again under “What is hidden”.",
        retryable=False,
    )


def no_picture(problem: Problem) -> NoPicture:
    """Return the reason that a segment carries for a failed picture (rules.md, Tracking 4)."""
    return NoPicture.PERMISSION if problem.code == PERMISSION else NoPicture.FAILED
