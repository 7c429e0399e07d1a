"""The uploader's rounds: what leaves the outbox, what stays, and what never blocks what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from sync.client import RefusedError
from sync.outbox import PendingPicture
from sync.uploader import BACKOFF_MAX_S, DEFER_S, Listeners, SyncStatus, Uploader
from tests.sync.fakes import FIRST_SLOT, JOB, FakeOutbox, receipt_for, segment, spooled
from worktime import wire
from worktime.errors import FairhourError, Problem
from worktime.wire import Outcome, Segment

NOW = 1_800_000_000
PERMANENT = Problem("bad", "Bad", "It is bad.", "Mend it.")
LATER = Problem("early", "Too early", "It ends in the future.", "Wait.", retryable=True)


class FakeMarketplace:
    """Answers as told; counts what it was asked."""

    def __init__(self, judge: Callable[[Segment], wire.SegmentReceipt] = receipt_for) -> None:
        self.judge = judge
        self.batches: list[int] = []
        self.sent_pictures: list[UUID] = []
        self.trouble: FairhourError | None = None
        self.bad_slot: int | None = None
        self.picture_trouble: FairhourError | None = None
        self.lie = False

    def post_segments(self, batch: wire.SegmentBatch) -> wire.BatchReceipt:
        self.batches.append(len(batch.segments))
        if self.trouble is not None:
            raise self.trouble
        if any(s.slot == self.bad_slot for s in batch.segments):
            raise RefusedError(PERMANENT, 400, None)
        receipts = tuple(self.judge(s) for s in batch.segments)
        return wire.BatchReceipt(now=NOW, receipts=receipts[1:] if self.lie else receipts)

    def put_picture(self, picture: PendingPicture, device: UUID, data: bytes) -> wire.PictureReceipt:
        self.sent_pictures.append(picture.id)
        if self.picture_trouble is not None:
            raise self.picture_trouble
        return wire.PictureReceipt(id=picture.id, sha256=picture.sha256, size=len(data) + self.lie)

    def jobs(self) -> wire.JobList:
        job = wire.JobView(
            id=JOB,
            title="Job",
            client="Client",
            currency="USD",
            rate_minor=3000,
            authorized_s=36000,
            work_view=True,
            ready=True,
            week_start=1,
            week_tracked_s=0,
            protected_s=0,
            submits_at=2,
        )
        return wire.JobList(now=NOW, person="Freelancer", jobs=(job,))

    def week(self, job: UUID, week_start: int) -> wire.WeekView:
        return wire.WeekView(
            now=NOW,
            job=job,
            week_start=week_start,
            week_end=2,
            state="open",
            submits_at=2,
            review_ends_at=3,
            tracked_s=0,
            rejected_s=0,
            idle_s=0,
            protected_s=0,
            amount_minor=0,
            currency="USD",
            tiles=(),
        )

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
    outbox: FakeOutbox, marketplace: FakeMarketplace, told: Told | None = None, clock: Clock | None = None
) -> Uploader:
    return Uploader(
        outbox,
        marketplace,
        (told or Told()).listeners(),
        now=lambda: NOW,
        monotonic=clock or Clock(),
        jitter=lambda: 1.0,
    )


def test_a_segment_leaves_on_its_receipt() -> None:
    outbox = FakeOutbox(segment())
    told = Told()
    assert uploader(outbox, FakeMarketplace(), told).run_once() > 0
    assert outbox.waiting == []
    assert told.status[-1].online
    assert told.status[-1].last_ok == NOW


@pytest.mark.parametrize("outcome", [Outcome.KNOWN, Outcome.SUPERSEDED])
def test_what_the_marketplace_has_already_leaves_too(outcome: Outcome) -> None:
    outbox = FakeOutbox(segment())
    uploader(outbox, FakeMarketplace(lambda s: receipt_for(s, outcome))).run_once()
    assert outbox.waiting == []


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


def test_jobs_and_the_watched_week_are_fetched_when_due() -> None:
    told, clock = Told(), Clock()
    sender = uploader(FakeOutbox(), FakeMarketplace(), told, clock)
    sender.run_once()
    sender.run_once()
    assert len(told.jobs) == 1
    assert told.weeks == []
    sender.watch(JOB)
    sender.run_once()
    assert [w.job for w in told.weeks] == [JOB]
    clock.at += 60
    sender.run_once()
    assert len(told.jobs) == 3


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
