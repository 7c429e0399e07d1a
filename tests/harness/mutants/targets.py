"""What is mutated, and the tests that must notice it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """Modules of ``worktime`` and the files of ``tests/worktime`` that hold them; ``floor``: per cent to be killed.

    ``without``: tests left out, whose every finding quicker ones of the same files make too.
    """

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    without: tuple[str, ...] = ()
    floor: int = 90


# Not the model of seconds: what it would notice, examples notice in a hundredth of its time.
TRACKING = (
    "test_tracking_effects.py",
    "test_tracking.py",
    "test_tracking_idle.py",
    "test_tracking_pictures.py",
    "test_tracking_recovery.py",
    "test_deletion.py",
    "test_tracking_private.py",
)

TARGETS = {
    "timesheet": Target(("timesheet",), ("test_timesheet.py", "test_deletion.py", "test_shares.py")),
    # Nor the walks over 51 years and through every zone: without its caches each takes a minute.
    "weeks": Target(
        ("weeks",),
        ("test_weeks.py",),
        without=(
            "test_each_midnight_of_a_strange_year_in_every_zone",
            "test_every_second_around_the_changes_of_the_clocks",
        ),
    ),
    "money": Target(("money",), ("test_money.py",)),
    "overlap": Target(("overlap",), ("test_overlap.py", "test_timesheet.py")),
    "intervals": Target(("intervals", "slots", "moments"), ("test_intervals.py", "test_slots.py", "test_moments.py")),
    "tracking": Target(("tracking",), TRACKING),
    "tracking_slots": Target(("tracking_slots",), TRACKING),
    "derive": Target(("derive",), ("test_derive.py", "test_learned.py", "test_deletion.py")),
}
