"""The last input on sway and Mutter, found idle by the tracker's own recorder; and what the doctor says there."""

from __future__ import annotations

import json

import pytest

from tests.harness.idle import __main__ as harness
from tests.support.wayland import Wayland, python
from tests.wayland.conftest import needs


@pytest.mark.parametrize(("on", "source"), [("sway", "kde-idle"), ("mutter", "mutter")])
def test_idle_is_found_within_two_seconds_of_the_threshold(on: str, source: str) -> None:
    needs(on)
    figures = harness.run(on, 6)
    assert figures["ok"], figures
    assert figures["source"] == source


@pytest.mark.parametrize(("on", "source"), [("sway", "kde-idle"), ("mutter", "mutter")])
def test_the_doctor_names_what_it_found(on: str, source: str, request: pytest.FixtureRequest) -> None:
    desktop: Wayland = request.getfixturevalue(on)
    interpreter = python()
    assert interpreter is not None
    said = desktop.run(interpreter, "-m", "tracker_app.cli", "doctor", "--json", statuses=(0, 1))
    parts = {part["part"]: part for part in json.loads(said)["parts"]}
    assert parts["input"]["back_end"] == source
    assert parts["counts"]["problem"]["code"] == "counts_unavailable"
    assert parts["screen"]["back_end"] == ("portal" if on == "sway" else "grim")
