"""Five hundred job weeks without a difference, every planted bug found, and how a difference is told."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from tests.harness.weeks import compare, plants
from tests.harness.weeks.__main__ import main
from tests.harness.weeks.scenario import Act, Plan, write
from tests.harness.weeks.simulate import simulate

WITHIN_WEEKS = 600
RARE = {
    "off_view_is_rejected_too": 91,
    "one_case_for_all_rejections": 65,
    "other_device_brings_it_back": 52,
    "fees_rounded_by_rate": 24,
}
"""People who meet a bug that few meet: the search for it begins with them."""
RULE = re.compile(r"((Timesheets|Two machines|Work View|Ready|Protection) \d+|Words, [a-z ]+): .*\.$")


def test_five_hundred_weeks_without_a_mismatch(capsys: pytest.CaptureFixture[str]) -> None:
    shown = simulate(500, seed=1, jobs=1)
    assert (shown["mismatches"], shown["cents_off"]) == (0, 0), capsys.readouterr().out
    assert shown["weeks"] >= 500


@pytest.mark.parametrize("name", sorted(plants.PLANTS))
def test_a_planted_bug_is_found(name: str) -> None:
    assert 0 < plants.weeks_until_found(name, WITHIN_WEEKS, RARE.get(name, 1)) <= WITHIN_WEEKS


def test_every_plant_names_the_rule_that_it_breaks() -> None:
    for name, make in plants.PLANTS.items():
        assert RULE.match(make.__doc__ or ""), name


def test_a_difference_ends_the_run_with_its_story(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--plant", "half_up", "--weeks", "100", "--jobs", "1", "--seed", "2"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("seed 2")
    assert "\n  model: " in out
    assert "\n  book:  " in out
    last = json.loads(out.splitlines()[-1])
    assert (last["mismatches"], last["seed"]) == (1, 2)


def test_the_list_of_acts_is_shrunk_to_what_is_needed() -> None:
    plan = next(plan for plan in map(eventful, range(1, 60)) if fails(plan))
    with plants.planted("rounded_by_part"):
        found = compare.run(plan)
        assert found is not None
        shorter, again = compare.shrink(plan, found)
        assert compare.run(shorter) is not None
        assert again.kind == found.kind
        assert len(shorter.acts) <= 6 < len(plan.acts)
        assert not any(compare.run(replace(shorter, acts=fewer)) for fewer in without_one(shorter))


def eventful(seed: int) -> Plan:
    """Return a person to whom much happens."""
    return write(seed, eventful=True)


def fails(plan: Plan) -> bool:
    """Tell whether a planted bug shows."""
    with plants.planted("rounded_by_part"):
        return compare.run(plan) is not None


def without_one(plan: Plan) -> list[tuple[Act, ...]]:
    """Return the lists of acts that are one shorter."""
    return [plan.acts[:at] + plan.acts[at + 1 :] for at in range(len(plan.acts))]
