"""The desktops as fixtures; each test here is marked ``wayland``, and skipped where its desktop is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import wayland

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and nothing else."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.wayland)


def needs(name: str) -> None:
    """Skip the test where the desktop can't run; never because of anything else."""
    if missing := wayland.missing_for(name):
        pytest.skip(f"not installed: {', '.join(missing)} (packaging/debian.txt, group wayland)")


@pytest.fixture(scope="module")
def sway() -> Iterator[wayland.Wayland]:
    """sway with two outputs and a portal that has answered, one for a module."""
    needs("sway")
    with wayland.desktop("sway") as desktop:
        desktop.run(str(wayland.python()), "-c", wayland.WARM_UP, timeout_s=90)
        yield desktop


@pytest.fixture(scope="module")
def mutter() -> Iterator[wayland.Wayland]:
    """Mutter with one monitor, one for a module."""
    needs("mutter")
    with wayland.desktop("mutter") as desktop:
        yield desktop
