"""What is mutated, and the tests that must notice it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """Modules of ``worktime`` and the files of ``tests/worktime`` that hold them; ``floor``: per cent to be killed."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    floor: int = 90


# Not the model of seconds: what it would notice, examples notice in a hundredth of its time.
TRACKING = (
    "test_tracking.py",
    "test_tracking_idle.py",
    "test_tracking_pictures.py",
    "test_tracking_recovery.py",
    "test_deletion.py",
)

TARGETS = {
    "timesheet": Target(("timesheet",), ("test_timesheet.py", "test_deletion.py", "test_shares.py")),
    "weeks": Target(("weeks",), ("test_weeks.py", "test_weeks_walk.py", "test_weeks_zones.py")),
    "money": Target(("money",), ("test_money.py",)),
    "overlap": Target(("overlap",), ("test_overlap.py", "test_timesheet.py")),
    "intervals": Target(("intervals", "slots", "moments"), ("test_intervals.py", "test_slots.py", "test_moments.py")),
    "tracking": Target(("tracking",), TRACKING),
    "tracking_slots": Target(("tracking_slots",), TRACKING),
    "derive": Target(("derive",), ("test_derive.py", "test_deletion.py")),
}
