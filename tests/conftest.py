"""Fixtures of every room: the virtual desktop and the browser (tests/support), and how long Hypothesis may think."""

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.support.search import REPEATED, examples
from tracker_app import garbage

pytest_plugins = ["tests.support.desktop", "tests.support.browser"]

# A deadline measures how busy the machine is, not the code. A failure prints the line that makes it a test of its own.
settings.register_profile(
    "smaller",
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=REPEATED,
    max_examples=examples(100),
)
# Making a failure smaller can take minutes: the everyday run tells it as it was found.
settings.register_profile(
    "build",
    settings.get_profile("smaller"),
    phases=[phase for phase in Phase if not (REPEATED and phase in (Phase.shrink, Phase.explain))],
)
settings.load_profile("build")


def pytest_sessionstart() -> None:
    """Take windows that tests let go of apart on Qt's thread alone, as the tracker does."""
    garbage.collect_here_only()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    garbage.collect_due()
