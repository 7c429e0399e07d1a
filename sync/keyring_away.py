"""The system's keyring in a process of its own that lives for one errand: 12 MB less in the one that runs all day.

``away()`` starts it and hands over a keyring; ``main()`` is what runs there. Secrets go through pipes, never through
arguments or the environment. Which keyrings count is ``keyring_choice``'s matter.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import IO, Any

ARGUMENT = "--keyring"
"""By which the frozen program knows that it is this process."""


class KeyringGoneError(Exception):
    """The process ended without an answer, or there is no keyring in it."""


class LockedAwayError(Exception):
    """There is a keyring, and it can't be opened now."""


class _Away:
    """The part of a keyring's back end that is used, over there."""

    def __init__(self, told: IO[str], heard: IO[str]) -> None:
        self._told = told
        self._heard = heard

    def get_password(self, service_name: str, username: str) -> str | None:
        found = self._ask("get", service_name, username)
        return found if isinstance(found, str) else None

    def set_password(self, service_name: str, username: str, password: str) -> None:
        self._ask("set", service_name, username, password)

    def delete_password(self, service_name: str, username: str) -> None:
        self._ask("delete", service_name, username)

    def _ask(self, *words: str) -> object:
        try:
            self._told.write(json.dumps(words) + "\n")
            self._told.flush()
            answer = json.loads(self._heard.readline())
        except (OSError, ValueError) as error:
            raise KeyringGoneError("the keyring's process has ended") from error
        if "locked" in answer:
            raise LockedAwayError(answer["locked"])
        if "failed" in answer:
            raise KeyringGoneError(answer["failed"])
        return answer["found"]


@contextlib.contextmanager
def away() -> Iterator[_Away]:
    """Give a keyring for one errand; its process ends with it. What the keyring refuses raises."""
    frozen = getattr(sys, "frozen", False)
    # -P: what lies in the folder that Fairhour was started from is no part of it, and gets no secret.
    command = [sys.executable, ARGUMENT] if frozen else [sys.executable, "-P", "-m", "sync.keyring_away"]
    # Not its standard error: what a back end warns of belongs into the tracker's log.
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        if process.stdin is not None and process.stdout is not None:
            try:
                yield _Away(process.stdin, process.stdout)
            finally:
                # What a process that has ended did not take can't be flushed either; that has been told.
                with contextlib.suppress(OSError):
                    process.stdin.close()


def main() -> int:
    """Serve errands until the input ends."""
    try:
        # What a back end prints is no answer.
        with contextlib.redirect_stdout(sys.stderr):
            serve(sys.stdin, sys.__stdout__ or sys.stdout)
    except OSError:
        # The tracker has ended meanwhile. What it did not take is not flushed at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


def serve(asked: IO[str], told: IO[str]) -> None:
    """Carry out each line of ``asked`` and tell what came of it."""
    for line in asked:
        told.write(json.dumps(_carry_out(json.loads(line))) + "\n")
        told.flush()


def _carry_out(words: list[str]) -> dict[str, Any]:
    try:
        from sync.keyring_choice import safe_keyring

        what, *names = words
        return {"found": getattr(safe_keyring(), f"{what}_password")(*names)}
    except Exception as error:  # noqa: BLE001 - the end of the line; back ends raise what they like
        from keyring.errors import KeyringLocked

        said = f"{type(error).__name__}: {error}"
        return {"locked": said} if isinstance(error, KeyringLocked) else {"failed": said}


if __name__ == "__main__":
    sys.exit(main())
