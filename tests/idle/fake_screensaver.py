"""Plays org.freedesktop.ScreenSaver: ``python -m tests.idle.fake_screensaver ADDRESS``. Orders: ``active 0|1``."""

import sys

from tests.support.bus import Service

SAVER = "org.freedesktop.ScreenSaver"


def main(address: str) -> None:
    """Serve until the input closes."""
    service = Service(address, SAVER)
    service.orders["active"] = lambda text: service.emit(
        "/org/freedesktop/ScreenSaver", SAVER, "ActiveChanged", "b", (text == "1",)
    )
    service.serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
