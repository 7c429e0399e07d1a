"""Which keyring keeps the sign-in on this computer: for ``fairhour doctor``. No secret is read or written."""

from __future__ import annotations

import threading
from typing import Any

from worktime.errors import Problem, make_problem

TIMEOUT_S = 10.0
_NO_BACK_END = "keyring.backends.fail"
_SEVERAL = "keyring.backends.chainer"


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
    names = list(_names(found[0]))
    return (names[0], None) if names else ("none", _missing("no back end"))


def _names(back_end: Any) -> list[str]:
    module = type(back_end).__module__
    if module == _SEVERAL:
        return [name for each in back_end.backends for name in _names(each)]
    return [] if module == _NO_BACK_END else [str(back_end.name)]


def _missing(detail: str) -> Problem:
    return make_problem(
        "no_keyring",
        "No keyring",
        "This computer has no keyring that can be used ({detail}): the sign-in lasts until Fairhour ends.",
        "Install a keyring, or sign in with: fairhour sign-in --keep-in-file",
        detail=detail,
    )
