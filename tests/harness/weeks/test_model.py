"""The model by itself: what it imports, its calendar, its money, and one person's story told second by second."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from tests.harness.weeks import walked
from tests.harness.weeks.model import Model
from tests.harness.weeks.things import Refused, Way, cents, fees

HERE = Path(__file__).parent
HOUR = 3600
CARD = Way("card", True, False, None)
WEEK = walked.midnight(date(2026, 11, 2))
SLOT = WEEK // 720


def imported(module: str) -> set[str]:
    """Return what a module of the model imports."""
    tree = ast.parse((HERE / f"{module}.py").read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def test_the_model_and_all_that_it_is_made_of_import_nothing_of_the_product() -> None:
    waiting, known = {"model"}, set()
    while waiting:
        module = waiting.pop()
        known.add(module)
        for name in imported(module):
            room, _, rest = name.partition(".")
            assert room not in {"worktime", "marketplace", "tracker_app", "sync", "capture", "idle", "ui"}, name
            if name.startswith("tests."):
                assert name.startswith("tests.harness.weeks"), name
                part = rest.split(".")[2:3]
                waiting |= {each for each in part if (HERE / f"{each}.py").exists()} - known
    assert known == {"model", "recorded", "tally", "things", "seconds", "walked"}


def test_no_string_of_the_model_is_imported_later() -> None:
    for module in ("model", "recorded", "tally", "things", "seconds", "walked"):
        text = (HERE / f"{module}.py").read_text(encoding="utf-8")
        assert "importlib" not in text
        assert "__import__" not in text


@pytest.mark.parametrize(
    ("monday", "hours"), [(date(2026, 3, 2), 167), (date(2026, 10, 26), 169), (date(2026, 11, 2), 168)]
)
def test_weeks_are_walked(monday: date, hours: int) -> None:
    week = walked.midnight(monday)
    assert walked.monday(week) == walked.monday(walked.after(week, 7) - 1) == week
    assert walked.after(week, 7) - week == hours * HOUR
    assert walked.clock(walked.seven(week)).strftime("%a %H:%M") == "Mon 07:00"
    assert walked.clock(walked.saturday(week)).strftime("%a %H:%M") == "Sat 00:00"
    assert walked.saturday_from(walked.saturday(week)) == walked.after(week, 19)


def test_halves_go_to_the_even_cent() -> None:
    assert [cents(36, 50), cents(108, 50), cents(180, 50), cents(-36, 50), cents(3600, 4550)] == [0, 2, 2, 0, 4550]


def test_fees_change_at_the_jobs_threshold() -> None:
    assert fees(10_000, 0, 1_000_000) == (600, 275)
    assert fees(10_000, 5_000, 10_000) == (500, 275)
    assert fees(1, 0, 1_000_000) == (0, 0)


def started(authorized: int = 10 * HOUR) -> Model:
    """Return a person with one job at 60.00 an hour."""
    model = Model(1_000_000)
    model.add_job(1, WEEK, (6000, authorized), (CARD, None, False))
    return model


def record(model: Model, slot: int, revision: int, *spans: tuple[int, int], device: int = 1) -> None:
    start = slot * 720
    model.receive(1, slot, device, revision, [(start + a, start + b, True) for a, b in spans], [], [], True, True)


def test_a_week_is_charged_and_what_leaves_later_is_an_adjustment() -> None:
    model = started()
    record(model, SLOT, 1, (0, 720))
    model.advance(walked.seven(WEEK))
    model.advance(walked.saturday(WEEK))
    sheet, shown = model.figures(1, WEEK)
    assert (sheet and sheet.state, shown.lines) == ("charged", [("work_view", WEEK, 720, 1200)])
    record(model, SLOT, 2, (0, 600))
    record(model, SLOT, 2, (0, 720))
    assert model.figures(1, walked.after(WEEK, 7))[1].lines == [("adjustment", WEEK, -120, -200)]
    assert model.figures(1, WEEK)[1].tracked == 720


def test_of_two_devices_the_one_that_started_earlier_counts() -> None:
    model = started()
    record(model, SLOT, 1, (100, 700))
    record(model, SLOT, 1, (0, 400), device=2)
    assert next(model.counted(1, SLOT, 1, False))[3] is False
    assert model.figures(1, WEEK)[1].tracked == 700


def test_authorized_hours_and_rejection() -> None:
    model = started(authorized=300)
    record(model, SLOT, 1, (0, 720))
    record(model, SLOT + 1, 1, (0, 100))
    assert (model.figures(1, WEEK)[1].above, model.figures(1, WEEK)[1].protected) == (520, 300)
    model.reject(1, SLOT, 1)
    assert model.figures(1, WEEK)[1].unprotected == {"rejected": 720}
    model.advance(walked.seven(WEEK))
    model.advance(walked.saturday(WEEK))
    with pytest.raises(Refused, match="review_over"):
        model.take_back(1, SLOT, 1)
