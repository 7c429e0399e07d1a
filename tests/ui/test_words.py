"""Times and durations as look.md wants them said."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tests.ui import samples
from ui import words
from ui.models import Pause, SyncView, Unprotected


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 min"),
        (35, "35 s"),
        (59, "59 s"),
        (60, "1 min"),
        (2537, "42 min"),
        (26_640, "7 h 24 min"),
        (3600, "1 h 0 min"),
    ],
)
def test_duration(seconds: int, said: str) -> None:
    assert words.duration(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0:00:00"), (2537, "0:42:17"), (86_399, "23:59:59"), (360_000, "100:00:00")]
)
def test_running_clock(seconds: int, said: str) -> None:
    assert words.running_clock(seconds) == said


@pytest.mark.parametrize(("seconds", "said"), [(0, "0 s ago"), (59, "59 s ago"), (60, "1 min ago"), (7300, "2 h ago")])
def test_ago(seconds: int, said: str) -> None:
    assert words.ago(seconds) == said


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Berlin", "Mon 07:00 ET (12:00 your time)"),
        ("America/New_York", "Mon 07:00 ET"),
        ("America/Toronto", "Mon 07:00 ET"),
        ("Pacific/Auckland", "Mon 07:00 ET (Tue 00:00 your time)"),
        ("Asia/Kathmandu", "Mon 07:00 ET (16:45 your time)"),
    ],
)
def test_deadline_in_both_zones(zone: str, said: str) -> None:
    assert words.deadline(samples.MONDAY_7_ET, ZoneInfo(zone)) == said


def test_week_without_known_hours() -> None:
    assert words.week(replace(samples.recording(), authorized_s=None)) == "This week 11 h 28 min"
    assert words.next_deadline(replace(samples.recording(), deadlines=())) == ""


@pytest.mark.parametrize(
    ("sync", "said"),
    [
        (SyncView(age_s=10), "All synced, 10 s ago"),
        (SyncView(), "Connecting to the marketplace"),
        (SyncView(age_s=1, segments=1), "Sending 1 segment"),
        (SyncView(age_s=1, segments=2, pictures=1), "Sending 2 segments and 1 screenshot"),
        (SyncView(age_s=9, pictures=2), "Synced 9 s ago, 2 screenshots to follow"),
        (SyncView(age_s=9, quarantined=2), "All synced, 9 s ago. 2 refused"),
        (SyncView(age_s=1, segments=1, oldest_s=1799), "Sending 1 segment"),
        (SyncView(age_s=1, segments=1, oldest_s=7260), "Sending 1 segment. The oldest of it is 2 h 1 min old."),
        (
            SyncView(online=False, pictures=2, oldest_s=1800),
            "Marketplace not reachable. 2 screenshots wait; recording goes on. The oldest of it is 30 min old.",
        ),
        (SyncView(online=False), "Marketplace not reachable. Recording goes on."),
        (SyncView(online=False, segments=1), "Marketplace not reachable. 1 segment waits; recording goes on."),
        (SyncView(online=False, segments=3), "Marketplace not reachable. 3 segments wait; recording goes on."),
    ],
)
def test_sync_line(sync: SyncView, said: str) -> None:
    assert words.sync_line(replace(samples.recording(), sync=sync)) == said


@pytest.mark.parametrize(
    ("sync", "said"),
    [
        (SyncView(online=False), "Marketplace not reachable. Nothing waits to be sent."),
        (SyncView(online=False, pictures=2), "Marketplace not reachable. 2 screenshots wait; nothing is lost."),
    ],
)
def test_offline_while_stopped(sync: SyncView, said: str) -> None:
    assert words.sync_line(replace(samples.states()["stopped"], sync=sync)) == said


def test_every_reason_has_words() -> None:
    assert len({words.unprotected(reason) for reason in Unprotected}) == len(Unprotected)
    paused = samples.states()["paused"]
    assert len({words.state(replace(paused, pause=pause)) for pause in Pause}) == len(Pause)
    assert words.state(replace(paused, pause=None)) == "Paused"


def test_summary_tells_what_needs_attention() -> None:
    said = words.summary(samples.states()["attention"])
    assert "Not Ready: The client's card has expired." in said
    assert "The disk is full" in said
    assert "Fast clock" in words.summary(samples.states()["fast"])
    assert "not reachable" in words.summary(samples.states()["offline"])
    assert words.summary(samples.states()["no_jobs"]) == "Stopped"
