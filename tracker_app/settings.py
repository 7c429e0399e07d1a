"""Where the tracker keeps its things, and what it was told by its environment. Read once, by the composition root."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from worktime.business_clock import ClockOrigin
from worktime.errors import failure
from worktime.tracking_values import HOLD_S
from worktime.wire import MAX_DEVICE_NAME, clean_text

CLIENT_ID = "fairhour-tracker"
THEMES = ("system", "light", "dark")
"""The names of ui.theme.Choice; the command line reads settings too, and has no use for Qt's widgets."""


@dataclass(frozen=True)
class Settings:
    """What the composition root works with.

    ``clock`` is None when the tracker makes its own from the system's; ``theme`` stands until the user can choose it.
    """

    home: Path
    server: str
    client_id: str
    device_name: str
    sample: bool
    clock: ClockOrigin | None
    token_file: Path | None
    hold_s: int = HOLD_S
    theme: str = "system"


def data_folder(environ: Mapping[str, str]) -> Path:
    """Return the tracker's data folder: FAIRHOUR_HOME, else the system's place for a user's programs."""
    if named := environ.get("FAIRHOUR_HOME"):
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("Fairhour", appauthor=False))


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the environment. Raises FairhourError for a clock, an address or a theme that can't be meant."""
    clock = environ.get("FAIRHOUR_CLOCK")
    server = environ.get("FAIRHOUR_SERVER", "")
    if server and not server.startswith(("http://", "https://")):
        raise failure(
            "server_address",
            "Server address not understood",
            "FAIRHOUR_SERVER is '{server}'; an address begins with https:// or http://.",
            "Correct it and start Fairhour again.",
            server=server,
        )
    if server.startswith("http://") and not _is_loopback(server):
        raise failure(
            "server_not_private",
            "Server address not safe",
            "FAIRHOUR_SERVER is '{server}': everybody on the way could read the sign-in and the screenshots.",
            "Use the marketplace's https:// address and start Fairhour again.",
            server=server,
        )
    if clock and environ.get("FAIRHOUR_SAMPLE") != "1":
        raise failure(
            "clock_in_earnest",
            "Clock refused",
            "FAIRHOUR_CLOCK is set, and real work is recorded by real time only.",
            "Remove it, or set FAIRHOUR_SAMPLE=1 to try the product out.",
        )
    try:
        origin = ClockOrigin.decode(clock) if clock else None
    except ValueError as error:
        raise failure(
            "clock",
            "Clock not understood",
            "FAIRHOUR_CLOCK is not a clock: {detail}.",
            "Remove it and start Fairhour again.",
            detail=error,
        ) from error
    theme = environ.get("FAIRHOUR_THEME", "system")
    if theme not in THEMES:
        raise failure(
            "theme",
            "Theme not understood",
            "FAIRHOUR_THEME is '{theme}'; it can be {themes}.",
            "Correct it and start Fairhour again.",
            theme=theme,
            themes=", ".join(THEMES),
        )
    token_file = environ.get("FAIRHOUR_TOKEN_FILE")
    return Settings(
        home=data_folder(environ),
        server=server,
        client_id=environ.get("FAIRHOUR_CLIENT_ID", CLIENT_ID),
        device_name=clean_text(socket.gethostname(), MAX_DEVICE_NAME),
        sample=environ.get("FAIRHOUR_SAMPLE") == "1",
        clock=origin,
        token_file=Path(token_file) if token_file else None,
        theme=theme,
    )


def _is_loopback(address: str) -> bool:
    """Tell whether an address is of this machine, so that nobody is on the way."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
