"""Which keyring keeps the sign-in on this computer: for ``fairhour doctor``. No secret is read or written."""

from __future__ import annotations

import threading
from typing import Any

from sync.keyring_choice import sound
from worktime.errors import Problem, make_problem

TIMEOUT_S = 10.0


def examine_keyring(*, timeout_s: float = TIMEOUT_S) -> tuple[str, Problem | None]:
    """Return the keyring's name (``none``: there is none) and what is wrong with it; waits ``timeout_s`` seconds."""
    found: list[Any] = []
    trouble: list[Exception] = []

    def look() -> None:
        try:
            import keyring

            found.append(keyring.get_keyring())
        except Exception as error:  # noqa: BLE001 - top of a thread; back ends raise what they like
            trouble.append(error)

    worker = threading.Thread(target=look, name="keyring", daemon=True)
    worker.start()
    worker.join(timeout_s)
    if trouble:
        return "none", _missing(f"{type(trouble[0]).__name__}: {trouble[0]}")
    if not found:
        return "none", _missing("no answer")
    names = [str(each.name) for each in sound(found[0])]
    return (names[0], None) if names else ("none", _missing("no back end that keeps secrets safely"))


def _missing(detail: str) -> Problem:
    return make_problem(
        "no_keyring",
        "No keyring",
        "This computer has no keyring that can be used ({detail}): the sign-in lasts until Fairhour ends.",
        "Install a keyring, or sign in with: fairhour sign-in --keep-in-file",
        detail=detail,
    )
