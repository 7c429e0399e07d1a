"""The acts for the naive model, and what it shows as plain figures, under the same names as the book's."""

from __future__ import annotations

from typing import Any

from tests.harness.weeks import tally, walked
from tests.harness.weeks.model import Model
from tests.harness.weeks.scenario import Act, Plan
from tests.harness.weeks.things import Refused, Way


def way(of: Any) -> Way | None:
    """Return a payment method."""
    return None if of is None else Way(*of)


class ModelSide:
    """A person in the model."""

    def __init__(self, plan: Plan) -> None:
        self.model = Model(plan.threshold)
        for number, began, terms, ways in plan.jobs:
            self.model.add_job(number, began, terms, (way(ways[0]), way(ways[1]), ways[2]))

    def do(self, act: Act) -> str:
        """Do an act; return the code that it was refused with, or nothing. What is due is done before and after it."""
        self.model.advance(act.at)
        try:
            self._do(act)
        except Refused as refused:
            return str(refused)
        self.model.do_due()
        return ""

    def _do(self, act: Act) -> None:
        args = dict(act.args)
        if act.name in ("tick", "look"):
            return
        if act.name in ("restore", "uphold"):
            self.model.decide(**args, restored=act.name == "restore")
        elif act.name == "change_methods":
            default, backup, declines = args["ways"]
            self.model.change_methods(args["job"], way(default), way(backup), declines)
        else:
            getattr(self.model, act.name)(**args)

    def sheet(self, job: int, week: int) -> dict[str, Any]:
        """Return what a timesheet shows."""
        sheet, shown = self.model.figures(job, week)
        return {
            "overlap": tally.lost(self.model, job, week),
            "state": "open" if sheet is None else sheet.state,
            "review_ends": walked.saturday(week) if sheet is None else sheet.review_end,
            "disputed": sheet is not None and sheet.named is not None,
            "lines": sorted(shown.lines),
            "amount": shown.amount,
            "tracked_s": shown.tracked,
            "rejected_s": shown.rejected,
            "disputed_s": shown.disputed,
            "above_s": shown.above,
            "other_s": shown.other,
            "protected_s": shown.protected,
            "unprotected": shown.unprotected,
            "charges": 0 if sheet is None else len(sheet.charges),
        }

    def charges(self, job: int) -> list[tuple[Any, ...]]:
        """Return the job's charges in the order paid, with fees and refunds."""
        return [
            (
                week,
                charge.kind,
                charge.amount,
                charge.service,
                charge.processing,
                charge.refunded,
                charge.service_back,
                sorted(charge.lines),
            )
            for week, charge in self.model.jobs[job].charges
        ]

    def not_ready(self, job: int, at: int) -> list[str]:
        """Return why the job isn't Ready."""
        return self.model.jobs[job].why_not_ready(at)
