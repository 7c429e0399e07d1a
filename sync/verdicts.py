"""What an answer that is no success says of what was sent: refused for good, perhaps to blame, or nothing."""

from __future__ import annotations

from sync.client import CutError, RefusedError
from worktime.errors import FairhourError

ABOUT_THE_SENDER = (401, 403, 404)
"""Who asks, and where: nothing that was sent is to blame for these."""
ABOUT_THE_LINE = (401, 407, 408, 425, 429)


def is_final(error: RefusedError) -> bool:
    """Tell whether the marketplace itself refused for good what was sent. Another version's word holds until then."""
    about_it = error.status not in ABOUT_THE_SENDER and error.problem.code != "version"
    return about_it and not (error.foreign or error.problem.retryable)


def is_suspect(error: FairhourError) -> bool:
    """Tell whether what was sent may be to blame that nothing came of it."""
    if isinstance(error, RefusedError):
        return error.status not in ABOUT_THE_LINE and (error.foreign or error.status not in ABOUT_THE_SENDER)
    return isinstance(error, CutError) or error.problem.code in ("garbled", "receipt")


def is_about_this(error: FairhourError) -> bool:
    """Tell whether another request may go well all the same: this one reached somebody, and nothing came of it."""
    return isinstance(error, (RefusedError, CutError)) or error.problem.code in ("garbled", "version")


def is_refused(error: RefusedError) -> bool:
    """Tell whether somebody on the way said that this must not go through."""
    return error.foreign and 400 <= error.status < 500
