"""Planted bugs for the check: the product's own programs, with one wrong design brought back.

``python -m tests.e2e.plants NAME MODULE ARGUMENTS...`` plants the bug in this process and then runs MODULE as
``python -m MODULE ARGUMENTS...`` would. The check must find each of them, else it proves nothing.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from typing import Any


def no_reject() -> None:
    """A rejection is shown and told, but its time stays on the timesheet (rules.md, Work View for the client 2)."""
    import django

    setup = django.setup

    def planted(set_prefix: bool = True) -> None:
        setup(set_prefix)
        from marketplace.timesheets import records

        honest = records.record

        def record(segment: Any, **facts: Any) -> Any:
            return honest(segment, **(facts | {"rejection": None}))

        records.record = record

    django.setup = planted


def two_in_one_slot() -> None:
    """A slot has ten minutes, so six pictures an hour are taken and two stand in one of the twelve (Tracking 2)."""
    from worktime import slots

    slots.SLOT_S = 600


def no_idle() -> None:
    """Time without input is never taken back (rules.md, Idle 1)."""
    from worktime import tracking_values

    tracking_values.IDLE_S = 10**9


def double_charge() -> None:
    """The worker looks at due times only, not at what it has charged already (rules.md, Timesheets 11)."""
    import django

    setup = django.setup

    def planted(set_prefix: bool = True) -> None:
        setup(set_prefix)
        from marketplace import clock_tick, serving

        honest_tick, honest_start = clock_tick.tick, serving.start_clock

        def tick() -> None:
            from marketplace.timesheets.models import Frozen, Line, State, Timesheet

            honest_tick()
            # Lines are frozen at a charge, which the database refuses to do a second time.
            Line.objects.filter(frozen=Frozen.CHARGE).delete()
            Timesheet.objects.filter(state=State.CHARGED).update(state=State.SUBMITTED, settled_at=None)

        def start_clock() -> Any:
            # Here the database is up to date and nothing serves yet.
            _allow_two_charges()
            return honest_start()

        clock_tick.tick, serving.start_clock = tick, start_clock

    django.setup = planted


def _allow_two_charges() -> None:
    """The database itself refuses a second charge of a timesheet; the planted design has no such constraint."""
    from django.db import connection, models

    from marketplace.billing.models import Charge
    from marketplace.timesheets.models import Timesheet

    once: Any = Charge._meta.get_field("timesheet")
    often: Any = models.ForeignKey(Timesheet, on_delete=models.PROTECT, related_name="+")
    often.set_attributes_from_name("timesheet")
    often.model = Charge
    with connection.schema_editor() as editor:
        editor.alter_field(Charge, once, often)


PLANTS: dict[str, Callable[[], None]] = {
    "no-reject": no_reject,
    "two-in-one-slot": two_in_one_slot,
    "no-idle": no_idle,
    "double-charge": double_charge,
}


def main() -> None:
    """Plant, then become the program."""
    name, module, *arguments = sys.argv[1:]
    PLANTS[name]()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
