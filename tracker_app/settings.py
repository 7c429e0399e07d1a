"""Where the tracker keeps its things, and what it was told by its environment. Read once, by the composition root."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tracker_app.addresses import server_address
from tracker_app.places import data_folder as data_folder
from tracker_app.preferences import LANGUAGE, THEMES, Notice
from worktime.business_clock import ClockOrigin
from worktime.errors import failure
from worktime.tracking_values import HOLD_MAX_S, KEEP_DAYS_MAX
from worktime.wire import MAX_DEVICE_NAME, clean_text

CLIENT_ID = "fairhour-tracker"
SERVER_FILE = Path(__file__).with_name("server.txt")
"""Holds the marketplace's address where the build was given one (packaging/build_tracker.py)."""
VARIABLES = {
    "notice": "FAIRHOUR_NOTICE",
    "hold_s": "FAIRHOUR_HOLD_MINUTES",
    "keep_days": "FAIRHOUR_KEEP_DAYS",
    "language": "FAIRHOUR_LANGUAGE",
    "theme": "FAIRHOUR_THEME",
}
"""Of preferences, the variable of the environment that is stronger than what the user has chosen."""


@dataclass(frozen=True)
class Settings:
    """What the composition root works with.

    ``server`` is "" when the environment names none: then the one that was used last counts, or the build's.
    ``clock`` is None when the tracker makes its own from the system's; ``fixed``: the preferences that the environment
    has taken out of the user's hands.
    """

    home: Path
    server: str
    client_id: str
    device_name: str
    sample: bool
    clock: ClockOrigin | None
    token_file: Path | None
    fixed: Mapping[str, object] = field(default_factory=dict)


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
    token_file = environ.get("FAIRHOUR_TOKEN_FILE")
    return Settings(
        home=data_folder(environ),
        server=server,
        client_id=environ.get("FAIRHOUR_CLIENT_ID", CLIENT_ID),
        device_name=clean_text(socket.gethostname(), MAX_DEVICE_NAME),
        sample=environ.get("FAIRHOUR_SAMPLE") == "1",
        clock=origin,
        token_file=Path(token_file) if token_file else None,
        fixed=_fixed(environ),
    )


def language_fixed(environ: Mapping[str, str]) -> str | None:
    """Return the language that the environment names; None where it names none, or none that can be meant."""
    named = environ.get(VARIABLES["language"])
    return named if named is not None and LANGUAGE.fullmatch(named) else None


def built_in_server() -> str:
    """Return the address that this build of the tracker was made for, "" when for none."""
    try:
        return server_address(SERVER_FILE.read_text())
    except FileNotFoundError:
        return ""


def _fixed(environ: Mapping[str, str]) -> dict[str, object]:
    """Return the preferences that the environment names. Raises FairhourError for a value that can't be meant."""
    fixed: dict[str, object] = {}
    if (theme := environ.get("FAIRHOUR_THEME")) is not None:
        if theme not in THEMES:
            raise failure(
                "theme",
                "Theme not understood",
                "FAIRHOUR_THEME is '{theme}'; it can be {themes}.",
                "Correct it and start Fairhour again.",
                theme=theme,
                themes=", ".join(THEMES),
            )
        fixed["theme"] = theme
    if (kept := environ.get("FAIRHOUR_KEEP_DAYS")) is not None:
        if not (kept.isascii() and kept.isdigit() and int(kept) <= KEEP_DAYS_MAX):
            raise failure(
                "keep_days",
                "Days not understood",
                "FAIRHOUR_KEEP_DAYS is '{days}'; it can be 0 to {most}.",
                "Correct it and start Fairhour again.",
                days=kept,
                most=KEEP_DAYS_MAX,
            )
        fixed["keep_days"] = int(kept)
    if (held := environ.get("FAIRHOUR_HOLD_MINUTES")) is not None:
        if not (held.isascii() and held.isdigit() and int(held) <= HOLD_MAX_S // 60):
            raise failure(
                "hold_minutes",
                "Minutes not understood",
                "FAIRHOUR_HOLD_MINUTES is '{minutes}'; it can be 0 to {most}.",
                "Correct it and start Fairhour again.",
                minutes=held,
                most=HOLD_MAX_S // 60,
            )
        fixed["hold_s"] = int(held) * 60
    return {**fixed, **_fixed_words(environ)}


def _fixed_words(environ: Mapping[str, str]) -> dict[str, object]:
    fixed: dict[str, object] = {}
    if (notice := environ.get("FAIRHOUR_NOTICE")) is not None:
        if notice not in tuple(Notice):
            raise failure(
                "notice",
                "Notice not understood",
                "FAIRHOUR_NOTICE is '{notice}'; it can be {notices}.",
                "Correct it and start Fairhour again.",
                notice=notice,
                notices=", ".join(Notice),
            )
        fixed["notice"] = Notice(notice)
    if (named := environ.get("FAIRHOUR_LANGUAGE")) is not None:
        if not LANGUAGE.fullmatch(named):
            raise failure(
                "language",
                "Language not understood",
                "FAIRHOUR_LANGUAGE is '{language}'; it can be like de or pt_BR, or empty for the system's.",
                "Correct it and start Fairhour again.",
                language=named,
            )
        fixed["language"] = named
    return fixed
