"""A moderate Hypothesis profile: enough to find a wrong rule, quick enough for each build."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "worktime", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=False
)
settings.load_profile("worktime")
