"""Fixtures of every room: the virtual desktop and the browser (tests/support)."""

pytest_plugins = ["tests.support.desktop", "tests.support.browser"]
