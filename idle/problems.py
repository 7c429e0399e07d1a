"""What can be wrong with watching for input, in words for the freelancer.

All are fixed sentences with places for values (worktime.errors), so that they can be translated.
"""

from __future__ import annotations

from worktime.errors import FairhourError, failure

FAILED = "idle_failed"
UNAVAILABLE = "idle_unavailable"
SESSION_UNAVAILABLE = "session_unavailable"
COUNTS_UNAVAILABLE = "counts_unavailable"
ACCESSIBILITY = "accessibility"

_SEE_DOCTOR = "If it keeps happening, run: fairhour doctor"


def failed(message: str, **values: object) -> FairhourError:
    """Return the error for a counter that did not answer this time."""
    return failure(FAILED, "The last input is not known", message, _SEE_DOCTOR, retryable=True, **values)


def unavailable(message: str, action: str, **values: object) -> FairhourError:
    """Return the error for a system that does not tell when the last input was."""
    return failure(UNAVAILABLE, "Idle time can't be seen here", message, action, retryable=False, **values)


def session_unavailable(message: str, **values: object) -> FairhourError:
    """Return the error for a system on which lock or sleep go unseen. Sleep still shows as a gap in the clock."""
    return failure(
        SESSION_UNAVAILABLE,
        "Lock and sleep can't be seen here",
        f"{message} Time asleep is never counted, but a locked screen is only noticed as missing input.",
        "Stop the tracker yourself before you lock the screen.",
        retryable=False,
        **values,
    )


def counts_unavailable(message: str, action: str, **values: object) -> FairhourError:
    """Return the error for a system on which keys and clicks can't be counted; time is tracked without."""
    return failure(COUNTS_UNAVAILABLE, "Keys and clicks can't be counted", message, action, retryable=False, **values)


def accessibility(message: str, action: str, **values: object) -> FairhourError:
    """Return the error for a macOS that does not let keys and clicks be counted; nothing else needs it."""
    return failure(ACCESSIBILITY, "Accessibility is switched off", message, action, retryable=False, **values)
