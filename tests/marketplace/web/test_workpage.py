"""Days, hours and tiles of the Work View page, in whole-hour and odd zones and where clocks change."""

from uuid import UUID

import pytest

from marketplace.web.workpage import Day, Reader, Source, Tile, build_days
from worktime import weeks
from worktime.intervals import Interval
from worktime.slots import slot_of, slot_start
from worktime.wire import NoPicture, TileState

MONDAY = 1_763_355_600  # Monday 17 November 2025, 00:00 in New York, 05:00 UTC
WEEK = (MONDAY, weeks.week_end(MONDAY))


def source(slot: int, **changes: object) -> Source:
    fields: dict[str, object] = {
        "segment": UUID(int=slot),
        "slot": slot,
        "state": TileState.PICTURE,
        "tracked_s": 720,
        "effect_s": 720,
        "picture": UUID(int=slot + 1),
        "taken_at": slot_start(slot) + 61,
    }
    return Source(**{**fields, **changes})  # type: ignore[arg-type]


def days(*sources: Source, zone: str = "UTC", week: Interval = WEEK, judge: bool = False) -> tuple[Day, ...]:
    counted = [(slot_start(s.slot), slot_start(s.slot) + s.tracked_s) for s in sources if not s.rejected]
    return build_days(sources, counted, week, Reader(zone, may_judge=judge))


def only_tile(*sources: Source, judge: bool = False) -> Tile:
    (day,) = [day for day in days(*sources, judge=judge) if day.hours]
    (tile,) = [tile for cell in day.hours[0].cells for tile in cell.tiles]
    return tile


NOON = slot_of(MONDAY + 12 * 3600)  # 17:00 UTC


def test_an_hour_is_a_row_of_five_slots() -> None:
    (day,) = [day for day in days(source(NOON), source(NOON + 3)) if day.hours]
    (hour,) = day.hours
    assert hour.label == "17:00"
    assert [cell.time for cell in hour.cells] == ["17:00", "17:12", "17:24", "17:36", "17:48"]
    assert [len(cell.tiles) for cell in hour.cells] == [1, 0, 0, 1, 0]


def test_a_week_touches_eight_local_days_away_from_new_york_and_seven_there() -> None:
    assert [day.short for day in days()] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon"]
    assert len(days(zone="America/New_York")) == 7


def test_half_an_hour_off_utc_an_hour_still_has_five_slots() -> None:
    (day,) = [day for day in days(source(NOON), source(NOON + 3), zone="Asia/Kolkata") if day.hours]
    assert [hour.label for hour in day.hours] == ["22:00", "23:00"]
    assert [cell.time for cell in day.hours[0].cells] == ["22:06", "22:18", "22:30", "22:42", "22:54"]
    assert [cell.time for cell in day.hours[1].cells] == ["23:06", "23:18", "23:30", "23:42", "23:54"]


def test_a_tile_across_midnight_stands_whole_in_its_hour_and_its_seconds_are_split() -> None:
    # Midnight in Kathmandu (+5:45) is 18:15 UTC, three minutes into the slot of 18:12.
    tuesday, wednesday = days(source(slot_of(MONDAY + 13 * 3600 + 720)), zone="Asia/Kathmandu")[0:2]
    assert [hour.label for hour in tuesday.hours] == ["23:00"]
    assert (tuesday.sum_s, wednesday.sum_s) == (180, 540)
    assert not wednesday.hours
    assert wednesday.shown


def test_the_hour_that_comes_twice_is_two_rows_with_their_zones() -> None:
    week = (weeks.week_of(1_762_000_000), weeks.week_end(weeks.week_of(1_762_000_000)))
    first = slot_of(1_762_059_600)  # Sunday 2 November 2025, 01:00 EDT
    shown = days(source(first), source(first + 5), zone="America/New_York", week=week)
    (day,) = [day for day in shown if day.hours]
    assert [hour.label for hour in day.hours] == ["01:00 EDT", "01:00 EST"]
    assert len({hour.id for hour in day.hours}) == 2


def test_half_an_hour_that_comes_twice_has_fewer_slots() -> None:
    # Lord Howe goes back by half an hour at 02:00 on 5 April 2026, 15:00 UTC on the 4th.
    at = 1_775_314_800
    week = (weeks.week_of(at), weeks.week_end(weeks.week_of(at)))
    shown = days(source(slot_of(at)), zone="Australia/Lord_Howe", week=week)
    (hour,) = [hour for day in shown for hour in day.hours]
    assert hour.label.startswith("01:00")
    assert 1 <= len(hour.cells) < 5


def test_two_devices_in_one_slot_share_its_cell() -> None:
    second = source(NOON, segment=UUID(int=7), effect_s=0, overlap_s=720)
    (day,) = [day for day in days(source(NOON), second) if day.hours]
    assert len(day.hours[0].cells[0].tiles) == 2
    assert "12 min were recorded on another device first and count there." in {
        note for tile in day.hours[0].cells[0].tiles for note in tile.notes
    }


def test_the_bar_of_a_day_is_its_part_of_the_longest() -> None:
    shown = days(source(NOON), source(NOON + 1), source(NOON + 120))
    assert [day.share for day in shown] == [100, 50, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": TileState.PICTURE_FOLLOWS}, "Picture follows"),
        ({"state": TileState.PICTURE_FOLLOWS, "running": True}, "Recording. Picture follows"),
        ({"state": TileState.IDLE, "tracked_s": 0, "effect_s": 0}, "Computer Idle. No time recorded"),
        ({"state": TileState.DELETED, "tracked_s": 0, "effect_s": 0}, "Deleted by the freelancer"),
        (
            {"state": TileState.NO_PICTURE, "no_picture": NoPicture.LOCKED},
            "No picture: the screen was locked. The 12 minutes count, but are not protected.",
        ),
        (
            {"state": TileState.NO_PICTURE, "no_picture": NoPicture.LOCKED, "rejected": True},
            "No picture: the screen was locked.",
        ),
    ],
)
def test_a_state_is_told_in_words(changes: dict[str, object], words: str) -> None:
    tile = only_tile(source(NOON, **changes))
    assert tile.words == words
    assert tile.picture is None


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"redacted": 1}, "Redacted: 1 area. Not protected."),
        ({"redacted": 3}, "Redacted: 3 areas. Not protected."),
        ({"redacted": 3, "redaction_protects": True}, "Redacted: 3 areas."),
        ({"redacted": 1, "redaction_protects": True, "flat": True}, "Redacted: 1 area. Not protected."),
        ({"flat": True}, "Inactive or locked desktop. Not protected."),
    ],
)
def test_that_something_is_hidden_is_told_and_never_what(changes: dict[str, object], note: str) -> None:
    assert only_tile(source(NOON, state=TileState.PICTURE, **changes)).notes == (note,)


@pytest.mark.parametrize("reason", [r for r in NoPicture if r not in (NoPicture.IDLE, NoPicture.DELETED)])
def test_every_reason_for_no_picture_has_words_of_its_own(reason: NoPicture) -> None:
    tile = only_tile(source(NOON, state=TileState.NO_PICTURE, no_picture=reason))
    assert tile.words.startswith("No picture: ")


def test_the_reject_button_says_what_it_removes() -> None:
    tile = only_tile(source(NOON, tracked_s=431, effect_s=431), judge=True)
    assert tile.can_reject
    assert tile.effect == "Reject and remove 7 minutes 11 seconds"


def test_who_may_not_judge_is_offered_nothing() -> None:
    tile = only_tile(source(NOON))
    assert not tile.can_reject
    assert not tile.can_take_back


def test_a_tile_without_time_cannot_be_rejected() -> None:
    assert not only_tile(source(NOON, state=TileState.IDLE, tracked_s=0, effect_s=0), judge=True).can_reject


def test_a_rejected_tile_says_why_and_can_be_taken_back() -> None:
    tile = only_tile(source(NOON, rejected=True, reject_reason="not this job"), judge=True)
    assert tile.rejection == "Rejected: not this job"
    assert tile.can_take_back
    assert not tile.can_reject


def test_a_restored_tile_says_so_and_can_not_be_rejected_again() -> None:
    tile = only_tile(source(NOON, restored=True), judge=True)
    assert tile.restored == "Restored by the staff. It can't be rejected again."
    assert not tile.can_reject
    assert not tile.can_take_back


def test_what_a_picture_does_not_say_stands_beside_it() -> None:
    tile = only_tile(source(NOON, tracked_s=600, idle_s=120, flat=True, openings=("Opened by Sample client",)))
    assert tile.notes == (
        "Inactive or locked desktop. Not protected.",
        "Computer idle: 2 min taken off.",
        "Opened by Sample client",
    )


def test_an_equal_picture_is_a_hint_that_names_the_first_in_the_readers_zone() -> None:
    tile = only_tile(source(NOON + 1, same_as=NOON))
    assert tile.same == "Same picture as 17:00"
    assert tile.same_means == "A screen that did not change gives the same picture again. No time comes off for it."
    assert tile.notes == ()
    assert (only_tile(source(NOON)).same, only_tile(source(NOON)).same_means) == ("", "")


def test_an_equal_picture_of_another_local_day_is_named_with_its_day() -> None:
    later = source(NOON + 120, same_as=NOON)
    assert only_tile(later).same == "Same picture as Mon 17 Nov, 17:00"
    # 21:30 on Monday and 01:30 on Tuesday in Kolkata, which are one day in UTC.
    evening = slot_of(MONDAY + 11 * 3600)
    (day,) = [day for day in days(source(evening + 20, same_as=evening), zone="Asia/Kolkata") if day.hours]
    (tile,) = [tile for cell in day.hours[0].cells for tile in cell.tiles]
    assert tile.same == "Same picture as Mon 17 Nov, 21:30"
