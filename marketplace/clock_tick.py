"""One tick of the marketplace's clock: what is due by now, room by room.

Each step looks at state, not at a schedule: after any downtime the same tick catches up, and running it twice does no
harm. A step that fails is logged and does not keep the others from running.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from marketplace.accounts.tokens import clear_expired
from marketplace.billing.services import charge_due
from marketplace.foundation import clock
from marketplace.timesheets.services import submit_due
from marketplace.workroom.mail import send_mail
from marketplace.workview.services import erase_due

log = logging.getLogger(__name__)

Step = Callable[[int], object]


def _send_mail(_now: int) -> object:
    # The business clock paces nothing that leaves the house: retries of mail wait in real time.
    return send_mail(now=int(time.time()))


class Hourly:
    """A step that is done with the first tick and then once in each real hour; it costs the other ticks nothing."""

    def __init__(self, act: Callable[[], object], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._act = act
        self._monotonic = monotonic
        self._next = float("-inf")

    def __call__(self, _now: int) -> None:
        """Do it when its hour has come; one that failed is done again an hour later."""
        at = self._monotonic()
        if at >= self._next:
            self._next = at + 3600
            self._act()


def _erase(_now: int) -> object:
    return erase_due()


STEPS: tuple[tuple[str, Step], ...] = (
    ("submit timesheets", lambda now: submit_due(now=now)),
    ("charge timesheets", lambda now: charge_due(now=now)),
    ("send mail", _send_mail),
    ("erase pictures", _erase),
    ("clear tokens", Hourly(clear_expired)),
)
# The scheduler never runs two ticks at once; the control route of the sample mode could.
_one_at_a_time = threading.Lock()


def tick() -> None:
    """Do everything that is due by the business clock."""
    with _one_at_a_time:
        for name, step in STEPS:
            try:
                step(clock.second())
            except Exception:
                log.exception("could not %s; the next tick tries again", name)
