"""What coverage counts.

A branch counts as taken when an example takes it: what chance finds today it need not find tomorrow, so property tests
run without the tracer (which makes them twice as slow, too). Walks over years and benchmarks say it of themselves.
"""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Take property tests out of what is covered."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("no_cover")
