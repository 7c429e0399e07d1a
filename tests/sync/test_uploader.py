"""The uploader's rounds: what leaves the outbox, what stays, and what never blocks what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from sync.client import CutError, RefusedError
from sync.outbox import PendingPicture
from sync.pacing import BACKOFF_MAX_S, BLAMES, PUT_OFF_MAX_S
from sync.sending import DEFER_S
from sync.uploader import Listeners, SyncStatus, Uploader
from tests.support.answers import job_view, week_view
from tests.sync.fakes import FIRST_SLOT, JOB, FakeOutbox, receipt_for, segment, spooled
from worktime import wire
from worktime.errors import FairhourError, Problem, failure
from worktime.wire import OtherHours, OtherHoursReceipt, Outcome, Segment

NOW = 1_800_000_000
PERMANENT = Problem("bad", "Bad", "It is bad.", "Mend it.")
LATER = Problem("early", "Too early", "It ends in the future.", "Wait.", retryable=True)


class FakeMarketplace:
    """Answers as told; counts what it was asked."""

    def __init__(self, judge: Callable[[Segment], wire.SegmentReceipt] = receipt_for) -> None:
        self.judge = judge
        self.judge_hours: Callable[[tuple[OtherHours, ...]], tuple[OtherHoursReceipt, ...]] = lambda _: ()
        self.batches: list[int] = []
        self.sent_pictures: list[UUID] = []
        self.trouble: FairhourError | None = None
        self.bad_slot: int | None = None
        self.picture_trouble: FairhourError | None = None
        self.bad_picture: UUID | None = None
        self.lie = False
        self.now = NOW
        self.poll_trouble: FairhourError | None = None
        self.skews: list[int | None] = []

    def post_segments(self, batch: wire.SegmentBatch) -> wire.BatchReceipt:
        self.batches.append(len(batch.segments))
        self.skews.append(batch.skew_s)
        if self.trouble is not None and self.bad_slot is None:
            raise self.trouble
        if any(s.slot == self.bad_slot for s in batch.segments):
            raise self.trouble or RefusedError(PERMANENT, 400, None)
        receipts = tuple(self.judge(s) for s in batch.segments)
        return wire.BatchReceipt(now=self.now, receipts=receipts[1:] if self.lie else receipts)

    def put_picture(self, picture: PendingPicture, device: UUID, data: bytes) -> wire.PictureReceipt:
        self.sent_pictures.append(picture.id)
        if self.picture_trouble is not None and self.bad_picture in (None, picture.id):
            raise self.picture_trouble
        return wire.PictureReceipt(id=picture.id, sha256=picture.sha256, size=len(data) + self.lie)

    def post_other_hours(self, batch: wire.OtherHoursBatch) -> wire.OtherHoursReceipts:
        return wire.OtherHoursReceipts(now=self.now, receipts=self.judge_hours(batch.entries))

    def jobs(self) -> wire.JobList:
        if self.poll_trouble is not None:
            raise self.poll_trouble
        return wire.JobList(now=self.now, person="Sample freelancer", jobs=(job_view(JOB),))

    def week(self, job: UUID, week_start: int) -> wire.WeekView:
        return week_view(job, week_start)

    def close(self) -> None:
        pass


class Told:
    """Collects what the listeners hear."""

    def __init__(self) -> None:
        self.status: list[SyncStatus] = []
        self.jobs: list[wire.JobList] = []
        self.weeks: list[wire.WeekView] = []

    def listeners(self) -> Listeners:
        return Listeners(self.status.append, self.jobs.append, self.weeks.append)


class Clock:
    """Real seconds, moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def uploader(
    outbox: FakeOutbox,
    marketplace: FakeMarketplace,
    told: Told | None = None,
    clock: Clock | None = None,
    *,
    period_s: float = 1.0,
) -> Uploader:
    return Uploader(
        outbox,
        marketplace,
        (told or Told()).listeners(),
        now=lambda: NOW,
        period_s=period_s,
        monotonic=clock or Clock(),
        jitter=lambda: 1.0,
    )


def test_a_segment_leaves_on_its_receipt() -> None:
    outbox = FakeOutbox(segment())
    told = Told()
    sender = uploader(outbox, FakeMarketplace(), told)
    assert sender.run_once() == 0, "what was held back until it was known whose it is may go now"
    assert sender.run_once() > 0
    assert outbox.waiting == []
    assert told.status[-1].online
    assert told.status[-1].last_ok == NOW


@pytest.mark.parametrize(
    ("hold_end", "wait_s"), [(None, 5), (NOW + 3, 3), (NOW + 60, 5)], ids=["none", "soon", "later"]
)
def test_a_picture_leaves_as_its_hold_ends_and_not_a_period_later(hold_end: int | None, wait_s: float) -> None:
    outbox = FakeOutbox()
    outbox.hold_end = hold_end
    sender = Uploader(
        outbox,
        FakeMarketplace(),
        Told().listeners(),
        now=lambda: NOW,
        period_s=5.0,
        monotonic=Clock(),
        jitter=lambda: 1.0,
    )
    sender.run_once()
    assert sender.run_once() == wait_s


def test_what_the_marketplace_has_already_leaves_too() -> None:
    outbox = FakeOutbox(segment())
    uploader(outbox, FakeMarketplace(lambda s: receipt_for(s, Outcome.KNOWN))).run_once()
    assert outbox.waiting == []


def test_what_the_marketplace_holds_more_of_is_put_together_with_it_and_told() -> None:
    outbox, told, newer = FakeOutbox(segment(seconds=60)), Told(), segment(revision=5)
    judge = lambda s: msgspec.structs.replace(receipt_for(s, Outcome.SUPERSEDED), stored=newer)  # noqa: E731
    uploader(outbox, FakeMarketplace(judge), told).run_once()
    assert outbox.united == [(segment(seconds=60), newer)]
    assert outbox.receipts == []
    assert [problem.code for problem in told.status[-1].notices] == ["record_restored"]


@pytest.mark.parametrize(
    ("outcome", "stored"),
    [(Outcome.SUPERSEDED, None), (Outcome.SUPERSEDED, segment(FIRST_SLOT + 1)), (Outcome.STORED, segment())],
)
def test_a_receipt_that_does_not_say_what_is_held_is_not_believed(outcome: Outcome, stored: Segment | None) -> None:
    outbox = FakeOutbox(segment())
    judge = lambda s: msgspec.structs.replace(receipt_for(s, outcome), stored=stored)  # noqa: E731
    uploader(outbox, FakeMarketplace(judge)).run_once()
    assert (len(outbox.waiting), outbox.united) == (1, [])


def test_a_receipt_for_something_else_is_not_believed() -> None:
    outbox = FakeOutbox(segment())
    told = Told()
    uploader(outbox, FakeMarketplace(lambda s: receipt_for(segment(seconds=600))), told).run_once()
    assert outbox.waiting == [segment()]
    assert told.status[-1].problem is not None
    assert told.status[-1].problem.code == "receipt"


def test_a_missing_receipt_is_not_believed() -> None:
    outbox = FakeOutbox(segment(), segment(FIRST_SLOT + 1))
    marketplace = FakeMarketplace()
    marketplace.lie = True
    uploader(outbox, marketplace).run_once()
    assert len(outbox.waiting) == 2


def test_nothing_is_lost_while_the_marketplace_is_away_and_all_goes_when_it_is_back() -> None:
    outbox = FakeOutbox(*(segment(FIRST_SLOT + n) for n in range(5)))
    marketplace = FakeMarketplace()
    marketplace.trouble = FairhourError(LATER)
    told = Told()
    sender = uploader(outbox, marketplace, told)
    waits = [sender.run_once() for _ in range(10)]
    assert len(outbox.waiting) == 5
    assert not told.status[-1].online
    assert told.status[-1].oldest_unsent == FIRST_SLOT * 720
    assert waits == sorted(waits)
    assert waits[-1] == BACKOFF_MAX_S
    marketplace.trouble = None
    sender.run_once()
    assert outbox.waiting == []
    assert told.status[-1].online


def test_the_servers_retry_after_is_honoured_up_to_a_bound() -> None:
    marketplace = FakeMarketplace()
    marketplace.trouble = RefusedError(LATER, 503, 120.0)
    assert uploader(FakeOutbox(segment()), marketplace).run_once() == 120.0
    marketplace.trouble = RefusedError(LATER, 503, 1e9)
    assert uploader(FakeOutbox(segment()), marketplace).run_once() == 300.0


def test_a_refused_segment_goes_into_quarantine_and_blocks_nobody() -> None:
    outbox = FakeOutbox(segment(), segment(FIRST_SLOT + 1))

    def judge(s: Segment) -> wire.SegmentReceipt:
        return receipt_for(s, Outcome.REFUSED, PERMANENT) if s.slot == FIRST_SLOT else receipt_for(s)

    uploader(outbox, FakeMarketplace(judge)).run_once()
    assert outbox.quarantined == [(FIRST_SLOT, "bad")]
    assert [r.slot for r in outbox.receipts] == [FIRST_SLOT + 1]


def test_a_refusal_without_a_reason_is_still_told() -> None:
    outbox = FakeOutbox(segment())
    uploader(outbox, FakeMarketplace(lambda s: receipt_for(s, Outcome.REFUSED))).run_once()
    assert outbox.quarantined == [(FIRST_SLOT, "refused")]


def test_a_segment_refused_for_now_is_deferred() -> None:
    outbox = FakeOutbox(segment())
    marketplace = FakeMarketplace(lambda s: receipt_for(s, Outcome.REFUSED, LATER))
    sender = uploader(outbox, marketplace)
    sender.run_once()
    sender.run_once()
    assert outbox.deferred == [(FIRST_SLOT, "early", NOW + DEFER_S)]
    assert len(marketplace.batches) == 1


def test_a_batch_refused_whole_is_halved_until_the_one_to_blame_stands_alone() -> None:
    outbox = FakeOutbox(*(segment(FIRST_SLOT + n) for n in range(8)))
    marketplace = FakeMarketplace()
    marketplace.bad_slot = FIRST_SLOT + 5
    uploader(outbox, marketplace).run_once()
    assert outbox.quarantined == [(FIRST_SLOT + 5, "bad")]
    assert len(outbox.receipts) == 7


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_wrong_address_or_sign_in_puts_nothing_into_quarantine(status: int) -> None:
    outbox = FakeOutbox(segment())
    marketplace = FakeMarketplace()
    marketplace.trouble = RefusedError(PERMANENT, status, None)
    uploader(outbox, marketplace).run_once()
    assert outbox.quarantined == []
    assert len(outbox.waiting) == 1


def test_a_full_batch_asks_for_the_next_at_once() -> None:
    outbox = FakeOutbox(*(segment(FIRST_SLOT + n) for n in range(150)))
    sender = uploader(outbox, FakeMarketplace())
    assert sender.run_once() == 0
    assert sender.run_once() > 0
    assert outbox.waiting == []


def test_a_picture_leaves_on_its_receipt(tmp_path: Path) -> None:
    outbox = FakeOutbox(pictures=(spooled(tmp_path, b"picture"),))
    uploader(outbox, FakeMarketplace()).run_once()
    assert [r.id for r in outbox.picture_receipts] == [UUID(int=1)]


def test_a_new_segment_waits_for_one_picture_at_most(tmp_path: Path) -> None:
    outbox = FakeOutbox(pictures=tuple(spooled(tmp_path, bytes([n]), n + 1) for n in range(3)))
    marketplace = FakeMarketplace()
    sender = uploader(outbox, marketplace)
    sender.run_once()
    outbox.waiting.append(segment())
    sender.run_once()
    assert outbox.waiting == []
    assert len(marketplace.sent_pictures) == 2


def test_a_picture_receipt_that_does_not_match_is_not_believed(tmp_path: Path) -> None:
    outbox = FakeOutbox(pictures=(spooled(tmp_path, b"picture"),))
    marketplace = FakeMarketplace()
    marketplace.lie = True
    uploader(outbox, marketplace).run_once()
    assert len(outbox.pictures) == 1


def test_a_picture_whose_file_is_gone_or_changed_goes_into_quarantine(tmp_path: Path) -> None:
    gone, changed = spooled(tmp_path, b"gone"), spooled(tmp_path, b"changed", 2)
    gone.path.unlink()
    changed.path.write_bytes(b"other")
    outbox = FakeOutbox(pictures=(gone, changed))
    marketplace = FakeMarketplace()
    sender = uploader(outbox, marketplace)
    assert sender.run_once() == 0
    sender.run_once()
    assert [code for _, code in outbox.quarantined] == ["picture_unreadable"] * 2
    assert marketplace.sent_pictures == []


def test_a_picture_whose_key_can_t_be_had_now_waits_and_blocks_no_other(tmp_path: Path) -> None:
    def locked(_path: Path) -> bytes:
        raise failure("spool_locked", "Locked", "The keyring is locked.", "Unlock it.", retryable=True)

    sealed = replace(spooled(tmp_path, b"one"), opened=locked)
    outbox = FakeOutbox(pictures=(sealed, spooled(tmp_path, b"two", 2)))
    marketplace = FakeMarketplace()
    sender = uploader(outbox, marketplace)
    for _ in range(3):
        sender.run_once()
    assert [code for _, code, *_ in outbox.deferred] == ["spool_locked"]
    assert marketplace.sent_pictures == [UUID(int=2)]


@pytest.mark.parametrize(
    ("status", "code", "where"),
    [
        (409, "segment_first", "deferred"),
        (503, "busy", "deferred"),
        (429, "picture_quota", "deferred"),
        (410, "not_wanted", "not_wanted"),
        (400, "bad_picture", "quarantined"),
    ],
)
def test_a_refused_picture_never_blocks(tmp_path: Path, status: int, code: str, where: str) -> None:
    outbox = FakeOutbox(pictures=(spooled(tmp_path, b"one"), spooled(tmp_path, b"two", 2)))
    marketplace = FakeMarketplace()
    marketplace.picture_trouble = RefusedError(Problem(code, "t", "m", "a"), status, None)
    sender = uploader(outbox, marketplace)
    sender.run_once()
    sender.run_once()
    assert len(marketplace.sent_pictures) == 2
    assert len(getattr(outbox, where)) == 2


def test_a_picture_waits_while_the_server_has_trouble(tmp_path: Path) -> None:
    outbox = FakeOutbox(pictures=(spooled(tmp_path, b"one"),))
    marketplace = FakeMarketplace()
    marketplace.picture_trouble = RefusedError(LATER, 503, None)
    uploader(outbox, marketplace).run_once()
    assert len(outbox.pictures) == 1


def test_the_thread_sends_when_nudged_survives_a_bad_round_and_stops() -> None:
    import threading

    class OnceBroken(FakeOutbox):
        broken = True

        def pending_segments(self, now: int, limit: int) -> tuple[Segment, ...]:
            if self.broken:
                self.broken = False
                raise RuntimeError("a bug")
            return super().pending_segments(now, limit)

    done = threading.Event()

    def heard(status: SyncStatus) -> None:
        if status.online:
            done.set()

    outbox = OnceBroken(segment())
    sender = Uploader(
        outbox, FakeMarketplace(), Listeners(heard, lambda _: None, lambda _: None), now=lambda: NOW, period_s=0.01
    )
    sender.start()
    while not done.wait(0.01):
        sender.nudge()
    sender.stop()
    assert outbox.waiting == []


FOREIGN = Problem("http_403", "Refused", "A firewall said so.", "Ask who runs it.", retryable=True)


def rounds(sender: Uploader, clock: Clock, count: int) -> None:
    """Do some rounds, with as much time between them as items are put off for at most."""
    for _ in range(count):
        sender.run_once()
        clock.at += PUT_OFF_MAX_S + 1


@pytest.mark.parametrize(
    "trouble",
    [
        CutError(LATER),
        RefusedError(Problem("server_error", "t", "m", "a", retryable=True), 500, None),
        RefusedError(FOREIGN, 403, None, foreign=True),
    ],
)
def test_a_segment_that_nothing_gets_through_with_blocks_nobody(trouble: FairhourError) -> None:
    outbox, clock = FakeOutbox(*(segment(FIRST_SLOT + n) for n in range(130))), Clock()
    marketplace = FakeMarketplace()
    marketplace.bad_slot, marketplace.trouble = FIRST_SLOT + 3, trouble
    sender = uploader(outbox, marketplace, clock=clock)
    for _ in range(30):
        sender.run_once()
    assert [s.slot for s in outbox.waiting] == [FIRST_SLOT + 3]
    assert outbox.quarantined == []
    assert len(marketplace.batches) < 25, "it is not tried again at once"


def test_what_a_firewall_refuses_alone_again_and_again_is_shown_to_the_user() -> None:
    outbox, clock = FakeOutbox(segment(), segment(FIRST_SLOT + 1)), Clock()
    marketplace = FakeMarketplace()
    marketplace.bad_slot, marketplace.trouble = FIRST_SLOT, RefusedError(FOREIGN, 403, None, foreign=True)
    sender = uploader(outbox, marketplace, clock=clock)
    rounds(sender, clock, BLAMES + 1)
    assert outbox.quarantined == []
    outbox.waiting.append(segment(FIRST_SLOT + 2))
    rounds(sender, clock, 4)
    assert outbox.quarantined == [(FIRST_SLOT, "http_403")]
    assert outbox.waiting == []


def test_where_everything_is_refused_the_network_is_to_blame_and_nothing_is_put_aside(tmp_path: Path) -> None:
    outbox, clock = FakeOutbox(segment(), pictures=(spooled(tmp_path, b"one"),)), Clock()
    marketplace = FakeMarketplace()
    marketplace.trouble = marketplace.picture_trouble = RefusedError(FOREIGN, 403, None, foreign=True)
    rounds(uploader(outbox, marketplace, clock=clock), clock, 3 * BLAMES)
    assert (len(outbox.waiting), len(outbox.pictures), outbox.quarantined) == (1, 1, [])
    marketplace.trouble = marketplace.picture_trouble = None
    rounds(uploader(outbox, marketplace, clock=clock), clock, 2)
    assert (outbox.waiting, outbox.pictures) == ([], [])


def test_a_picture_that_nothing_gets_through_with_blocks_nobody(tmp_path: Path) -> None:
    outbox, clock = FakeOutbox(pictures=(spooled(tmp_path, b"one"), spooled(tmp_path, b"two", 2))), Clock()
    marketplace = FakeMarketplace()
    marketplace.bad_picture, marketplace.picture_trouble = UUID(int=1), CutError(LATER)
    sender = uploader(outbox, marketplace, clock=clock)
    for _ in range(3):
        sender.run_once()
    assert [p.id for p in outbox.pictures] == [UUID(int=1)]
    marketplace.picture_trouble = RefusedError(FOREIGN, 413, None, foreign=True)
    rounds(sender, clock, BLAMES)
    assert outbox.quarantined == [(UUID(int=1), "http_403")]


def test_a_page_from_elsewhere_with_the_status_of_gone_erases_no_picture(tmp_path: Path) -> None:
    outbox = FakeOutbox(pictures=(spooled(tmp_path, b"one"),))
    marketplace = FakeMarketplace()
    marketplace.picture_trouble = RefusedError(FOREIGN, 410, None, foreign=True)
    uploader(outbox, marketplace).run_once()
    assert (len(outbox.pictures), outbox.not_wanted) == (1, [])


def test_one_bad_receipt_does_not_hold_up_the_good_ones() -> None:
    outbox = FakeOutbox(segment(), segment(FIRST_SLOT + 1), segment(FIRST_SLOT + 2))
    lied = FakeMarketplace(lambda s: receipt_for(segment(FIRST_SLOT + 9) if s.slot == FIRST_SLOT + 1 else s))
    uploader(outbox, lied).run_once()
    assert [s.slot for s in outbox.waiting] == [FIRST_SLOT + 1]


def test_another_version_puts_nothing_aside() -> None:
    outbox, marketplace = FakeOutbox(segment()), FakeMarketplace()
    marketplace.trouble = RefusedError(Problem("version", "t", "m", "Update."), 400, None)
    uploader(outbox, marketplace).run_once()
    assert (len(outbox.waiting), outbox.quarantined) == (1, [])


def test_what_lies_ahead_of_the_servers_clock_waits_until_it_has_come_there() -> None:
    ahead = Problem("ahead_of_server", "t", "m", "a", retryable=True)
    outbox = FakeOutbox(segment())
    marketplace = FakeMarketplace(lambda s: receipt_for(s, Outcome.REFUSED, ahead))
    marketplace.now = segment().spans[-1].end - 300 - 1000
    uploader(outbox, marketplace).run_once()
    assert outbox.deferred == [(FIRST_SLOT, "ahead_of_server", NOW + 1000)]


def test_the_skew_is_measured_sent_and_told_when_it_is_large() -> None:
    outbox, marketplace, told, clock = FakeOutbox(segment()), FakeMarketplace(), Told(), Clock()
    sender = uploader(outbox, marketplace, told, clock)
    sender.run_once()
    assert [status.notices for status in told.status] == [()]
    marketplace.now = NOW - 400
    for _ in range(10):
        clock.at += 60
        sender.run_once()
    outbox.waiting.append(segment(FIRST_SLOT + 1))
    sender.run_once()
    assert marketplace.skews == [None, 400]
    last = told.status[-1]
    assert (last.online, [problem.code for problem in last.notices]) == (True, ["clock_skew"])
