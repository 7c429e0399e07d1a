"""Sends entries of Other hours, as ``sending`` sends segments: each leaves on a verified receipt alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sync import problems
from sync.client import RefusedError
from sync.outbox import HoursOutbox
from sync.pacing import Doubt
from sync.verdicts import is_final, is_refused, is_suspect
from worktime import wire
from worktime.errors import FairhourError, make_problem
from worktime.wire import MAX_BATCH_HOURS, OtherHours, OtherHoursReceipt, Outcome

DEFER_S = 60


class TakesHours(Protocol):
    """The part of the marketplace that takes entries in."""

    def post_other_hours(self, batch: wire.OtherHoursBatch) -> wire.OtherHoursReceipts: ...


class HoursSender:
    """Sends what waits in ``outbox``. ``now``: business seconds, ``monotonic``: real ones. Used from one thread."""

    def __init__(
        self, outbox: HoursOutbox, marketplace: TakesHours, *, now: Callable[[], int], monotonic: Callable[[], float]
    ) -> None:
        self._outbox = outbox
        self._marketplace = marketplace
        self._now = now
        self._doubt = Doubt(monotonic, most=MAX_BATCH_HOURS)

    @property
    def passes(self) -> int:
        """How many requests went well."""
        return self._doubt.passes

    def send(self) -> bool:
        """Send a batch; tells whether more may wait. Raises FairhourError."""
        limit = self._doubt.limit
        batch = self._doubt.choose(lambda count: self._outbox.pending(self._now(), count), lambda entry: entry.id)
        if batch:
            self._post(tuple(batch))
        return len(batch) == limit

    def _post(self, entries: tuple[OtherHours, ...]) -> None:
        keys = [entry.id for entry in entries]
        try:
            answer = self._marketplace.post_other_hours(wire.OtherHoursBatch(v=wire.VERSION, entries=entries))
            self._settle_all(entries, answer.receipts)
        except RefusedError as error:
            if not is_final(error):
                if is_suspect(error) and self._doubt.failed(*keys) and is_refused(error):
                    self._outbox.quarantine(entries[0], error.problem)
                raise
            # Refused whole and for good: halve it until the one that is to blame stands alone.
            if len(entries) == 1:
                self._outbox.quarantine(entries[0], error.problem)
                return
            middle = len(entries) // 2
            self._post(entries[:middle])
            self._post(entries[middle:])
            return
        except FairhourError as error:
            if is_suspect(error):
                self._doubt.failed(*keys)
            raise
        self._doubt.passed(*keys)

    def _settle_all(self, entries: tuple[OtherHours, ...], receipts: tuple[OtherHoursReceipt, ...]) -> None:
        """Believe each receipt that fits; raises FairhourError at the end when one did not."""
        fitting = [_fits(*pair) for pair in zip(receipts, entries, strict=False)]
        for entry, receipt, fits in zip(entries, receipts, fitting, strict=False):
            if fits:
                self._settle(entry, receipt)
        if len(receipts) != len(entries) or not all(fitting):
            raise problems.unbelievable(
                "Nothing is taken as sent: a receipt is not for the Other hours that were sent."
            )

    def _settle(self, entry: OtherHours, receipt: OtherHoursReceipt) -> None:
        if receipt.outcome is Outcome.SUPERSEDED and receipt.stored is not None:
            self._outbox.superseded(entry, receipt.stored)
            return
        if receipt.outcome is not Outcome.REFUSED:
            self._outbox.received(receipt)
            return
        problem = receipt.problem or make_problem(
            "hours_refused", "Other hours refused", "The marketplace gave no reason.", "They are kept on this computer."
        )
        if problem.retryable:
            self._outbox.defer(entry, problem, self._now() + DEFER_S)
        else:
            self._outbox.quarantine(entry, problem)


def _fits(receipt: OtherHoursReceipt, entry: OtherHours) -> bool:
    if (receipt.id, receipt.revision, receipt.digest) != (entry.id, entry.revision, wire.hours_digest(entry)):
        return False
    stored = receipt.stored
    if receipt.outcome is Outcome.SUPERSEDED:
        return stored is not None and (stored.id, stored.job, stored.week_start) == (
            entry.id,
            entry.job,
            entry.week_start,
        )
    return True
