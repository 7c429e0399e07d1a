"""``fairhour sign-in``: asks the running tracker to open the browser, and waits until it has come back."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication

from tracker_app.control import request
from worktime.errors import FairhourError, Problem

translate = QCoreApplication.translate
_LOOK_S = 0.3


def sign_in(
    home: Path, server: str, *, keep_in_file: bool = False, rest: Callable[[float], None] = time.sleep
) -> dict[str, Any]:
    """Return the tracker's answer once somebody is signed in. Raises FairhourError; Ctrl-C cancels the attempt."""
    answer, told = request(home, {"do": "sign_in", "text": server}), False
    try:
        while (state := answer["sign_in"])["account"] != "signed_in":
            if state["problem"] is not None and state["account"] == "signed_out":
                raise FairhourError(msgspec.convert(state["problem"], Problem))
            if state["address"] and not told:
                told = True
                print(
                    translate("cli", "Sign in with your browser. If none opens, copy this address into one:"),
                    file=sys.stderr,
                )
                print(state["address"], file=sys.stderr, flush=True)
            rest(_LOOK_S)
            answer = request(home, {"do": "status"})
    except KeyboardInterrupt:
        print(file=sys.stderr)
        request(home, {"do": "cancel_sign_in"})
        raise
    return request(home, {"do": "keep_in_file"}) if keep_in_file else answer
