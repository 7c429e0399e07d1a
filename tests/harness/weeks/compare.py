"""Both sides through the same acts, their figures side by side, and a failing list of acts made as short as it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.harness.weeks import walked
from tests.harness.weeks.bookside import BookSide
from tests.harness.weeks.modelside import ModelSide
from tests.harness.weeks.scenario import Act, Plan

WEEKS_SHOWN = 4
"""How many timesheets each weekly look goes over: the next week's and those before; the last look goes over all."""


@dataclass(frozen=True)
class Mismatch:
    """What differs, and where: ``at`` is the number of the act after which it did."""

    at: int
    what: str
    model: Any
    book: Any
    cents: int = 0
    """Minor units by which the amounts of all timesheets are apart then."""

    @property
    def kind(self) -> str:
        """The figure's name, by which the shortened list has to fail too."""
        return self.what.split(" ")[0]


def run(plan: Plan) -> Mismatch | None:
    """Send a person's acts through both sides; return the first difference."""
    model, book = ModelSide(plan), BookSide(plan)
    looks = [number for number, act in enumerate(plan.acts) if act.name == "look"]
    for number, act in enumerate(plan.acts):
        theirs, ours = book.do(act), model.do(act)
        if theirs != ours:
            return Mismatch(number, f"refusal of {act.name}", ours, theirs, cents_apart(plan, model, book, act.at))
        if act.name == "look":
            everything = number == looks[-1]
            found = look(plan, model, book, act.at, everything)
            if found is not None:
                return replace(found, at=number, cents=cents_apart(plan, model, book, act.at))
    return None


def shown_weeks(plan: Plan, began: int, at: int) -> list[int]:
    """Return the weeks of a job's timesheets by then; the next one too, for which late time can wait already."""
    following = walked.after(walked.monday(at), 7)
    return [week for week in plan.weeks if walked.monday(began) <= week <= following]


def cents_apart(plan: Plan, model: ModelSide, book: BookSide, at: int) -> int:
    """Return by how many minor units the two differ, over all timesheets."""
    return sum(
        abs(model.sheet(job, week)["amount"] - book.sheet(job, week)["amount"])
        for job, began, _, _ in plan.jobs
        for week in shown_weeks(plan, began, at)
    )


def look(plan: Plan, model: ModelSide, book: BookSide, at: int, everything: bool) -> Mismatch | None:
    """Compare what both sides show."""
    for job, began, _, _ in plan.jobs:
        ours, theirs = model.charges(job), book.charges(job)
        if ours != theirs:
            return Mismatch(0, f"charges of job {job}", ours, theirs)
        if model.not_ready(job, at) != book.not_ready(job, at):
            return Mismatch(0, f"not_ready of job {job}", model.not_ready(job, at), book.not_ready(job, at))
        weeks = shown_weeks(plan, began, at)
        for week in weeks if everything else weeks[-WEEKS_SHOWN:]:
            mine, other = model.sheet(job, week), book.sheet(job, week)
            for name in mine:
                if mine[name] != other[name]:
                    where = f"{name} of job {job}, week of {walked.clock(week):%d %b %Y}"
                    return Mismatch(0, where, mine[name], other[name])
    return None


def shrink(plan: Plan, found: Mismatch, tries: int = 2000) -> tuple[Plan, Mismatch]:
    """Leave out acts, many and then few at a time, as long as the same figure still differs."""
    acts = list(plan.acts[: found.at + 1])
    size = max(1, len(acts) // 2)
    while tries > 0:
        at, shorter = 0, False
        while at < len(acts) and tries > 0:
            fewer = acts[:at] + acts[at + size :]
            tries -= 1
            again = _try(plan, fewer, found)
            if again is not None:
                acts, found, shorter = fewer[: again.at + 1], again, True
            else:
                at += size
        if size == 1 and not shorter:
            break
        size = max(1, size // 2)
    return replace(plan, acts=tuple(acts)), found


def _try(plan: Plan, acts: Sequence[Act], found: Mismatch) -> Mismatch | None:
    try:
        again = run(replace(plan, acts=tuple(acts)))
    except ValueError:
        return None  # without what came before it, an act can be one that no device sends
    return again if again is not None and again.kind == found.kind else None


def story(plan: Plan, found: Mismatch) -> str:
    """Return a failing person to read: seed, jobs, acts and both figures."""
    jobs = "\n".join(f"  job {job} from {began}: {terms}, pays {ways}" for job, began, terms, ways in plan.jobs)
    acts = "\n".join(f"  {act}" for act in plan.acts)
    return (
        f"seed {plan.seed}, threshold {plan.threshold}\n{jobs}\n{acts}\n"
        f"{found.what}\n  model: {found.model}\n  book:  {found.book}"
    )
