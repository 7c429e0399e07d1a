"""What the windows show, from what is known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from tests.tracker_app.fakes import JOB, OTHER_JOB, SLOT, T0
from tests.tracker_app.samples import DEVICE, OTHER_DEVICE, WEEK, job, tile, week
from tests.tracker_app.test_recorder import Room
from tests.worktime.tracking_desk import reference
from tracker_app.viewer_days import ViewerDays
from tracker_app.views import Known, activity_of, day_tiles, glance, idle_return, job_of, tracker_view
from tracker_app.week_book import WeekBook
from ui import words
from ui.models import (
    Account,
    Activity,
    Badge,
    Delivery,
    Due,
    Mark,
    Pause,
    Sector,
    SyncView,
    TileKind,
    TrackerView,
    Unprotected,
)
from worktime import weeks
from worktime.errors import Problem
from worktime.slots import slot_of
from worktime.tracking_values import AskReturn, Cause, PictureFailed, PictureTaken, State
from worktime.weeks import ASSISTANCE_S
from worktime.wire import JobView, NoPicture


@dataclass(frozen=True)
class Where:
    picture: Path | None = Path("/p.webp")
    thumbnail: Path | None = Path("/t.jpg")
    receipted: bool = False
    refused: bool = False


class Pictures:
    """Where every picture is."""

    def __init__(self) -> None:
        self.where: Where | None = Where()
        self.lacking: dict[int, bool] = {}

    def unsent(self, job: UUID, first_slot: int, end_slot: int) -> dict[int, bool]:
        return {slot: refused for slot, refused in self.lacking.items() if first_slot <= slot < end_slot}

    def whereabouts(self, picture: UUID) -> Where | None:
        return self.where


class Desk:
    """A recorder at work, its week, and what is shown of them."""

    def __init__(self, zone: str = "America/New_York") -> None:
        self.room = Room()
        self.book = WeekBook(self.room.record, DEVICE, zone, lambda: self.room.recorder.state.current)
        self.pictures = Pictures()
        self.room.listener.touched = self.book.touch  # type: ignore[method-assign]

    def work(self, seconds: int, *, picture: int | None = None) -> None:
        """Record for a while; a picture is taken at second ``picture`` after T0."""
        if self.room.recorder.running is None:
            self.room.recorder.start(JOB, work_view=True)
        self.room.run(seconds)
        if picture is not None:
            slot = SLOT + picture // 720
            self.room.recorder.picture(PictureTaken(JOB, slot, 1, False, False, reference(slot, T0 + picture)))

    def show(self, *jobs: JobView, **known: object) -> TrackerView:
        """What is shown now. Icon and tip tell the same of it while nobody looks."""
        now = self.room.clock.second()
        self.book.turn(now)
        fields: dict[str, object] = {
            "now": now,
            "state": self.room.recorder.state,
            "jobs": jobs or (job(), job(OTHER_JOB)),
            "chosen": JOB,
            "sync": SyncView(online=True),
            "hold_s": 120,
        }
        all_known = Known(**(fields | known))  # type: ignore[arg-type]
        view = tracker_view(all_known, self.book, self.pictures)
        glanced = glance(all_known, self.book, self.pictures)
        assert (words.summary(glanced), glanced.emblem) == (words.summary(view), view.emblem)
        for name in ("activity", "pause", "jobs", "job_id", "running_s", "work_view", "today_s", "week_s", "problems"):
            assert getattr(glanced, name) == getattr(view, name), f"the menu's {name}"
        return view


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_recording_is_shown_with_its_figures(desk: Desk) -> None:
    desk.room.recorder.comment("Landing page", job=JOB)
    desk.work(1000, picture=300)
    view = desk.show(person="Sample freelancer")
    assert (view.activity, view.mark, view.pause) == (Activity.RECORDING, Mark.RECORDING, None)
    assert (view.since, view.running_s, view.today_s, view.week_s) == (T0, 1000, 1000, 1000)
    assert (view.comment, view.person, view.authorized_s) == ("Landing page", "Sample freelancer", 108_000)
    assert view.deadlines == ((Due.SUBMITS, weeks.submit_due(WEEK)),)
    assert sum(day.tracked_s for day in view.days) == 1000
    assert [day.weekday for day in view.days if day.today] == [1]
    assert (view.protected_s, view.unprotected) == (720, ((Unprotected.PICTURE_FOLLOWS, 280),))
    desk.work(1, picture=900)
    view = desk.show()
    assert (view.protected_s, view.unprotected) == (1001, ())


def test_after_a_switch_the_clock_is_that_of_the_job_gone_over_to(desk: Desk) -> None:
    desk.work(100)
    desk.room.recorder.start(OTHER_JOB, work_view=True)
    desk.work(30)
    view = desk.show()
    assert (view.job_id, view.since, view.running_s) == (OTHER_JOB, T0 + 100, 30)


@pytest.mark.parametrize(
    ("zone", "first", "count", "today"),
    [("America/New_York", 0, 7, 1), ("Asia/Kolkata", 0, 8, 2), ("America/Los_Angeles", 6, 8, 2), ("UTC", 0, 8, 1)],
)
def test_the_bars_are_days_of_the_viewer(zone: str, first: int, count: int, today: int) -> None:
    desk = Desk(zone)
    desk.work(100)
    view = desk.show()
    assert (view.days[0].weekday, len(view.days)) == (first, count)
    assert [(at, day.tracked_s) for at, day in enumerate(view.days) if day.today] == [(today, view.today_s)]
    assert [day.weekday for day in view.days] == [(first + at) % 7 for at in range(count)]


def test_nothing_recorded_is_shown_as_nothing(desk: Desk) -> None:
    view = desk.show()
    assert (view.activity, view.mark, view.hours, view.last_tile) == (Activity.STOPPED, Mark.STOPPED, (), None)
    assert view.sectors == (Sector.OPEN,) * 5
    nobody = desk.show(jobs=(), chosen=None, account=Account.SIGNED_OUT)
    assert (nobody.job_id, nobody.account, nobody.week_s) == (None, Account.SIGNED_OUT, 0)
    unknown = desk.show(job(OTHER_JOB))
    assert (unknown.job_id, unknown.authorized_s) == (JOB, None)


def test_what_the_marketplace_lacks_is_marked_also_without_a_picture(desk: Desk) -> None:
    desk.work(2900, picture=300)
    desk.room.recorder.picture(PictureFailed(JOB, SLOT + 1, 1, NoPicture.PERMISSION))
    desk.pictures.lacking = {SLOT + 1: False, SLOT + 4: False}
    assert {tile.slot: tile.delivery for hour in desk.show().hours for tile in hour.tiles}[SLOT + 1] is None
    for refused, told in ((False, Delivery.WAITING), (True, Delivery.REFUSED)):
        desk.pictures.lacking[SLOT + 1] = refused
        shown = {tile.slot: tile for h in desk.show(sync=SyncView(segments=1)).hours for tile in h.tiles}
        assert shown[SLOT + 1].delivery is told
        assert shown[SLOT + 4].delivery is None, "the running slot streams, it does not wait"


def test_bars_tell_what_is_above_the_authorized_hours(desk: Desk) -> None:
    desk.work(1000, picture=300)
    days = desk.show(msgspec.structs.replace(job(), authorized_s=900)).days
    assert [(day.tracked_s, day.above_s) for day in days if day.today] == [(1000, 100)]
    assert sum(day.above_s for day in desk.show().days) == 0


def test_last_weeks_deadlines_come_first_where_it_was_worked_in() -> None:
    last = weeks.previous_week(WEEK)
    desk = Desk()
    desk.work(100)
    later, submits = weeks.review_end(last), (Due.SUBMITS, weeks.submit_due(WEEK))
    assert desk.show().deadlines == (submits,)
    keys = desk.room.record.keys

    def with_last_week(first_slot: int, end_slot: int) -> tuple[tuple[UUID, int], ...]:
        return ((JOB, first_slot),) if end_slot == slot_of(WEEK) else keys(first_slot, end_slot)

    desk.room.record.keys = with_last_week  # type: ignore[method-assign]
    desk.book.week_start, desk.book._turned = -1, range(0)
    assert desk.show().deadlines == ((Due.LAST_REVIEW, later), submits)


def test_tiles_stand_in_the_hours_in_which_they_start(desk: Desk) -> None:
    desk.work(2900, picture=300)
    desk.room.recorder.picture(PictureFailed(JOB, SLOT + 1, 1, NoPicture.PERMISSION))
    view = desk.show()
    assert [len(hour.tiles) for hour in view.hours] == [5, 5]
    assert all(tile.slot * 720 - hour.start in range(3600) for hour in view.hours for tile in hour.tiles)
    kinds = [tile.kind for hour in view.hours for tile in hour.tiles]
    assert kinds == [
        TileKind.EMPTY,
        TileKind.EMPTY,
        TileKind.PICTURE,
        TileKind.NO_PICTURE,
        TileKind.RUNNING,
        TileKind.RUNNING,
        TileKind.RUNNING,
        TileKind.EMPTY,
        TileKind.EMPTY,
        TileKind.EMPTY,
    ]
    assert view.last_tile is not None
    assert view.last_tile.slot == SLOT


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Kathmandu", "Australia/Darwin", "UTC"])
def test_every_hour_has_five_tiles_in_every_zone(zone: str) -> None:
    desk = Desk(zone)
    desk.work(4000)
    view = desk.show()
    assert {len(hour.tiles) for hour in view.hours} == {5}
    assert all(hour.start <= hour.tiles[0].slot * 720 < hour.start + 720 for hour in view.hours)


def test_other_days_of_the_week_are_walked_over_as_far_as_the_journal_has_them() -> None:
    desk = Desk("Etc/GMT-1")
    desk.work(800, picture=300)
    desk.room.recorder.stop()
    desk.room.run(2160)
    desk.work(100)
    desk.room.recorder.start(OTHER_JOB, work_view=True)
    desk.work(10)
    today = [tile for hour in desk.show().hours for tile in hour.tiles if tile.kind is not TileKind.EMPTY]
    first = today[0].slot
    known = Known(now=desk.room.clock.second(), state=State(), jobs=(job(),), chosen=JOB, hold_s=120)
    days = ViewerDays(lambda: known, desk.book, desk.pictures)
    assert days.beside(JOB, first, -1) == SLOT + 1
    assert days.beside(JOB, SLOT + 1, 1) == first
    assert days.beside(JOB, SLOT, -1) is None
    assert days.beside(JOB, first, 1) is None
    before = days.tiles(JOB, SLOT + 1)
    assert [(tile.slot, tile.tracked_s, tile.can_delete) for tile in before] == [
        (SLOT, 720, True),
        (SLOT + 1, 80, False),
    ]
    assert before[0].shot == reference(SLOT, T0 + 300)
    assert [tile.slot for tile in days.tiles(JOB, first)] == [first]
    assert days.tiles(JOB, SLOT - 120) == ()


def test_a_picture_is_held_waits_is_delivered_or_refused(desk: Desk) -> None:
    desk.work(400, picture=360)
    tile = desk.show().last_tile
    assert tile is not None
    assert (tile.delivery, tile.held_until, tile.can_delete, tile.can_comment) == (Delivery.HELD, T0 + 480, True, True)
    assert (tile.picture, tile.thumbnail) == (Path("/p.webp"), Path("/t.jpg"))
    desk.work(100)
    for where, delivery in (
        (Where(), Delivery.WAITING),
        (Where(receipted=True), Delivery.DELIVERED),
        (Where(refused=True), Delivery.REFUSED),
        (None, Delivery.DELIVERED),
    ):
        desk.pictures.where = where
        shown = desk.show().last_tile
        assert shown is not None
        assert shown.delivery is delivery


def test_a_redacted_picture_protects_where_the_terms_of_its_time_say_so(desk: Desk) -> None:
    desk.work(1440)
    for number, flat in ((0, False), (1, True)):
        picture = msgspec.structs.replace(reference(SLOT + number, T0 + 720 * number + 300), redacted=2)
        desk.room.recorder.picture(PictureTaken(JOB, SLOT + number, 1, False, flat, picture))
    view = desk.show()
    assert (view.protected_s, view.unprotected) == (0, ((Unprotected.REDACTED, 1440),))
    assert view.last_tile is not None
    assert view.last_tile.redacted == 2
    view = desk.show(job(redaction_protects=True))
    assert (view.protected_s, view.unprotected) == (720, ((Unprotected.REDACTED, 720),)), "all hidden never protects"
    desk.book.heard(week(tile(SLOT, redacted=2, redaction_protects=True)))
    assert desk.show().protected_s == 720, "as the terms were when it was announced"
    desk.book.heard(week(tile(SLOT, redacted=2, redaction_protects=False)))
    assert desk.show(job(redaction_protects=True)).protected_s == 0


def test_what_was_rejected_leaves_the_figures_and_can_not_be_deleted(desk: Desk) -> None:
    desk.work(1000, picture=300)
    desk.book.heard(week(tile(SLOT, rejected=True)))
    view = desk.show()
    assert (view.week_s, view.today_s) == (280, 280)
    assert view.unprotected == ((Unprotected.PICTURE_FOLLOWS, 280), (Unprotected.REJECTED, 720))
    assert view.last_tile is not None
    assert (view.last_tile.rejected, view.last_tile.reject_reason) == (True, "Not this job")
    assert not view.last_tile.can_delete
    assert not view.last_tile.can_ask, "since when is not known"
    now = desk.room.clock.second()
    for at, can_ask in ((now - ASSISTANCE_S, True), (now - ASSISTANCE_S - 1, False)):
        desk.book.heard(week(tile(SLOT, rejected=True, rejected_at=at)))
        shown = desk.show().last_tile
        assert shown is not None
        assert shown.can_ask is can_ask


def test_a_submitted_week_can_not_be_changed_any_more(desk: Desk) -> None:
    desk.work(1000, picture=300)
    desk.book.heard(week(submitted_at=T0 + 10))
    last = desk.show().last_tile
    assert last is not None
    assert (last.can_delete, last.can_comment) == (False, False)


def test_of_last_weeks_hours_on_the_same_day_what_was_due_is_submitted() -> None:
    desk = Desk("Asia/Tokyo")
    desk.work(300, picture=200)
    desk.book.week_start = weeks.next_week(WEEK)
    for now, can_delete in ((weeks.submit_due(WEEK) - 1, True), (weeks.submit_due(WEEK), False)):
        known = Known(now=now, state=State(), jobs=(job(),), chosen=JOB, hold_s=120)
        assert [tile.can_delete for tile in day_tiles(known, desk.book, desk.pictures, JOB, SLOT)] == [can_delete]


def test_another_device_counts_too(desk: Desk) -> None:
    desk.work(100)
    desk.book.heard(week(tile(SLOT - 3, device=OTHER_DEVICE), tile(SLOT, tracked_s=90)))
    assert desk.show().week_s == 820


def test_seconds_that_are_not_protected_carry_their_reason(desk: Desk) -> None:
    desk.work(720, picture=300)
    desk.room.recorder.picture(PictureFailed(JOB, SLOT + 1, 1, NoPicture.FAILED))
    desk.work(720)
    flat = reference(9, T0 + 1500)
    desk.work(720)
    desk.room.recorder.picture(PictureTaken(JOB, SLOT + 2, 1, False, True, flat))
    desk.room.recorder.set_work_view(on=False)
    desk.work(100)
    desk.room.recorder.picture(PictureFailed(JOB, SLOT + 1, 1, NoPicture.FAILED))
    view = desk.show(job(authorized_s=700))
    assert view.protected_s == 700
    assert dict(view.unprotected) == {
        Unprotected.NO_PICTURE: 720,
        Unprotected.FLAT_PICTURE: 720,
        Unprotected.WORK_VIEW_OFF: 100,
        Unprotected.ABOVE_AUTHORIZED: 20,
    }
    not_ready = desk.show(job(ready=False, protected_s=500))
    assert not_ready.protected_s == 500
    assert dict(not_ready.unprotected)[Unprotected.NOT_READY] == 220


def test_the_ring_shows_the_current_hour(desk: Desk) -> None:
    desk.work(730, picture=300)
    desk.room.recorder.locked()
    assert desk.show().sectors == (Sector.OPEN, Sector.OPEN, Sector.FILLED, Sector.NOTCH, Sector.OPEN)


def test_pauses_and_marks(desk: Desk) -> None:
    desk.work(10)
    desk.room.recorder.locked()
    view = desk.show()
    assert (view.activity, view.pause, view.mark, view.running_s) == (Activity.PAUSED, Pause.LOCKED, Mark.PAUSED, 0)
    desk.room.recorder.resume()
    desk.room.run(1440, working=False)
    view = desk.show()
    assert (view.activity, view.pause, view.mark) == (Activity.IDLE, Pause.IDLE, Mark.IDLE)
    desk.room.recorder.stop()


def test_the_badge_tells_the_most_urgent_and_the_mark_goes_on_telling_what_is_recorded(desk: Desk) -> None:
    desk.work(10)
    assert desk.show().emblem.badge is Badge.NONE
    offline = desk.show(sync=SyncView(online=False, segments=2, pictures=1))
    assert (offline.emblem.mark, offline.emblem.badge, offline.emblem.count) == (Mark.RECORDING, Badge.OFFLINE, 3)
    bare, away = msgspec.structs.replace(job(), ready=False), SyncView(online=False, segments=2)
    assert desk.show(bare, sync=away).badge is Badge.NOT_READY
    for urgent in ({"problems": (Problem("x", "X", "x", "x"),)}, {"sync": SyncView(quarantined=1, segments=2)}):
        view = desk.show(bare, **urgent)
        assert (view.mark, view.badge, view.emblem.count) == (Mark.RECORDING, Badge.ATTENTION, 0)
    nobody = desk.show(sync=SyncView(online=False), account=Account.SIGNED_OUT)
    assert nobody.badge is Badge.NONE, "nothing waits for who is not signed in"
    assert desk.show(sync=away, account=Account.SIGNED_OUT).emblem.count == 2


def test_an_idle_or_deleted_segment_is_shown_as_such(desk: Desk) -> None:
    desk.work(720, picture=300)
    desk.room.recorder.delete(JOB, SLOT)
    desk.room.run(1440, working=False)
    kinds = [tile.kind for hour in desk.show().hours for tile in hour.tiles]
    assert kinds.count(TileKind.DELETED) == 1
    assert kinds.count(TileKind.IDLE) == 2


def test_what_is_recorded_counts_on_without_being_told_and_asking_for_it_counts_nothing_twice(desk: Desk) -> None:
    desk.work(100)
    told = len(desk.room.record.seen)
    for seconds in range(101, 140):
        desk.work(1)
        view = desk.show()
        assert (view.today_s, view.running_s) == (seconds, seconds)
        assert desk.room.record.tick is not None
        assert desk.room.record.tick.until == T0 + seconds
    assert len(desk.room.record.seen) == told
    desk.room.recorder.stop()
    segment = desk.room.record.segment()
    assert segment is not None
    assert (segment.tracked_s, segment.active_s, desk.show().today_s) == (139, 139, 139)


def test_a_new_week_starts_empty_and_loads_what_the_journal_has(desk: Desk) -> None:
    desk.work(720)
    desk.room.recorder.stop()
    again = WeekBook(desk.room.record, DEVICE, "UTC")
    again.turn(T0 + 800)
    assert again.week_s(JOB) == 720
    again.heard(week(tile(SLOT, rejected=True)))
    again.turn(T0 + 8 * 86_400)
    assert again.week_s(JOB) == 0
    assert again.view(JOB) is None


def test_the_question_on_return_names_the_job() -> None:
    back = idle_return(AskReturn(JOB, Cause.IDLE, T0, T0 + 2000), (job(),), "UTC")
    assert (back.pause, back.taken_off_s, back.job_title) == (Pause.IDLE, 1440, "Website redesign")
    other = idle_return(AskReturn(OTHER_JOB, Cause.CRASHED, T0, T0 + 2000), (job(),), "UTC")
    assert (other.pause, other.taken_off_s, other.job_title) == (Pause.RESTARTED, 0, "")


def test_without_anything_recorded_the_chosen_job_is_the_job() -> None:
    assert job_of(State(), OTHER_JOB) == OTHER_JOB
    assert activity_of(State()) is Activity.STOPPED


def test_a_private_pause_is_shown_with_its_end_and_whether_it_was_asked_about(desk: Desk) -> None:
    desk.work(100)
    desk.room.recorder.private(300)
    view = desk.show(hiding=2)
    assert (view.activity, view.mark, view.pause) == (Activity.PAUSED, Mark.PAUSED, Pause.PRIVATE)
    assert (view.private_until, view.asked, view.hiding, view.today_s) == (T0 + 400, False, 2, 100)
    desk.room.run(300)
    assert desk.show().asked
    assert [question.cause for question in desk.room.listener.asked_for] == [Cause.PRIVATE]
