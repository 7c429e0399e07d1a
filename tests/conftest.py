"""Fixtures of every room: the virtual desktop and the browser (tests/support), and how long Hypothesis may think."""

from hypothesis import HealthCheck, Phase, settings

from tests.support.search import REPEATED, examples

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
