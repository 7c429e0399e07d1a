"""The network harness, short: it finds nothing wrong, does everything that it says, and its judge can tell."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.harness.network.__main__ import run
from tests.harness.network.devices import Truth
from tests.harness.network.faults import Place, Weather, all_faults
from tests.harness.network.verdict import Recorded, judge

DEVICE, JOB, PICTURE = UUID(int=1), UUID(int=2), UUID(int=3)
TRUTH = Truth(720, 1440, PICTURE, "aa", "Comment")


def holdings(**changes: Any) -> dict[str, Any]:
    row = {"job": str(JOB), "slot": 1, "device": str(DEVICE), "spans": [[720, 1440]], "comment": "Comment"}
    picture = {"id": str(PICTURE), "erased": False, "sha256": "aa"}
    return {"segments": [row], "pictures": [picture], "paid_s": {str(JOB): 720}, "lost_files": 0, **changes}


def counted(truth: Truth, held: dict[str, Any]) -> tuple[int, int]:
    verdict = judge([Recorded(DEVICE, {(JOB, 1): truth})], held)
    return verdict.missing, verdict.duplicates


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, (0, 0)),
        ({"segments": []}, (1 + 720, 0)),
        ({"pictures": []}, (1, 0)),
        ({"pictures": [{"id": str(PICTURE), "erased": False, "sha256": "broken"}]}, (1, 0)),
        ({"paid_s": {str(JOB): 700}}, (20, 0)),
        ({"paid_s": {str(JOB): 1440}}, (0, 720)),
        ({"lost_files": 1}, (1, 0)),
    ],
)
def test_the_judge_counts_what_is_missing_and_what_is_there_twice(
    changes: dict[str, Any], counts: tuple[int, int]
) -> None:
    assert counted(TRUTH, holdings(**changes)) == counts


def test_the_judge_sees_a_segment_and_a_picture_that_nobody_recorded() -> None:
    other = {"job": str(JOB), "slot": 1, "device": str(UUID(int=9)), "spans": [[720, 1440]], "comment": ""}
    copy = {"id": str(UUID(int=9)), "erased": False, "sha256": "aa"}
    held = holdings()
    assert counted(TRUTH, holdings(segments=[*held["segments"], other])) == (0, 1)
    assert counted(TRUTH, holdings(pictures=[*held["pictures"], copy])) == (0, 2)
    assert counted(Truth(720, 1440, PICTURE, "aa"), held) == (1, 0), "a comment that was not made"


def test_every_sort_of_fault_is_drawn_once_before_any_comes_again() -> None:
    weather = Weather(1)
    assert weather.draw() is None
    weather.rate = 1.0
    assert len({weather.draw() for _ in all_faults()}) == len(all_faults()) > 90
    assert set(weather.drawn.values()) == {1}


def test_the_places_of_a_message_lie_in_their_order() -> None:
    offsets = [place.offset(100, 300) for place in Place]
    assert offsets == sorted(set(offsets))
    assert [place.offset(100, 100) for place in Place][-4:] == [100, 100, 99, 100], "a message without a body"


def test_all_arrives_once_over_a_line_that_does_everything_wrong() -> None:
    report = run(uploads=24, seed=3, rate=0.4, plant=None)
    found = {name: report[name] for name in ("still_waiting", "missing", "duplicates", "max_queue_over_unsent")}
    assert found == {"still_waiting": 0, "missing": 0, "duplicates": 0, "max_queue_over_unsent": 0}
    assert report["faults"] >= 6
