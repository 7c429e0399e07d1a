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
from worktime.tracking_values import HOLD_MAX_S, HOLD_S
from worktime.wire import MAX_DEVICE_NAME, clean_text

CLIENT_ID = "fairhour-tracker"
SERVER_FILE = Path(__file__).with_name("server.txt")
"""Holds the marketplace's address where the build was given one (packaging/build_tracker.py)."""
KEEP_DAYS_MAX = 90
THEMES = ("system", "light", "dark")
"""The names of ui.theme.Choice; the command line reads settings too, and has no use for Qt's widgets."""


@dataclass(frozen=True)
class Settings:
    """What the composition root works with.

    ``server`` is "" when the environment names none: then the one that was used last counts, or the build's.
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
    keep_days: int = 0
    """Days that screenshots stay on this computer after the marketplace has them."""


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
    if server:
        server = server_address(server)
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
    kept = environ.get("FAIRHOUR_KEEP_DAYS", "0")
    if not (kept.isascii() and kept.isdigit() and int(kept) <= KEEP_DAYS_MAX):
        raise failure(
            "keep_days",
            "Days not understood",
            "FAIRHOUR_KEEP_DAYS is '{days}'; it can be 0 to {most}.",
            "Correct it and start Fairhour again.",
            days=kept,
            most=KEEP_DAYS_MAX,
        )
    held = environ.get("FAIRHOUR_HOLD_MINUTES", str(HOLD_S // 60))
    if not (held.isascii() and held.isdigit() and int(held) <= HOLD_MAX_S // 60):
        raise failure(
            "hold_minutes",
            "Minutes not understood",
            "FAIRHOUR_HOLD_MINUTES is '{minutes}'; it can be 0 to {most}.",
            "Correct it and start Fairhour again.",
            minutes=held,
            most=HOLD_MAX_S // 60,
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
        hold_s=int(held) * 60,
        keep_days=int(kept),
    )


def server_address(text: str) -> str:
    """Return a marketplace's address from what somebody typed; https:// where nothing is said. Raises FairhourError."""
    address = text.strip()
    if "://" not in address:
        address = ("http://" if _is_loopback(f"http://{address}") else "https://") + address
    try:
        parts = urlsplit(address)
        understood = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
        understood = understood and parts.username is None and parts.port != 0
    except ValueError:
        understood = False
    if not understood:
        raise failure(
            "server_address",
            "Server address not understood",
            "'{server}' is no address of a marketplace; one looks like https://fairhour.example.",
            "Correct it and try again.",
            server=text,
        )
    if address.startswith("http://") and not _is_loopback(address):
        raise failure(
            "server_not_private",
            "Server address not safe",
            "The address is '{server}': everybody on the way could read the sign-in and the screenshots.",
            "Use the marketplace's https:// address.",
            server=address,
        )
    return address.rstrip("/")


def built_in_server() -> str:
    """Return the address that this build of the tracker was made for, "" when for none."""
    try:
        return server_address(SERVER_FILE.read_text())
    except FileNotFoundError:
        return ""


def _is_loopback(address: str) -> bool:
    """Tell whether an address is of this machine, so that nobody is on the way."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
