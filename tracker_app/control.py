"""The control socket: how the command line, a second start and a driver talk to the running tracker.

One JSON line in, one JSON line out, over a local socket that its owner alone can open. What a request does is decided
by the handler that the composition root passes in; here it is only carried and checked.
"""

from __future__ import annotations

import logging
import os
import socket
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

import msgspec

from worktime.digest import sha256_of
from worktime.errors import FairhourError, Problem, failure, make_problem
from worktime.wire import MAX_COMMENT

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

log = logging.getLogger(__name__)

MAX_LINE = 65_536
TIMEOUT_S = 5.0
_LONGEST_PATH = 100  # a Unix socket's path has at most 108 bytes, on macOS 104


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked. ``at`` (a business second) is for the sample mode: done with exactly that second.

    ``week`` (its first second) and ``seconds`` are of Other hours. ``path``: of a folder on this computer. ``token``:
    what a Wayland desktop gave a second start, so that it may bring the first one's window to the front.
    """

    do: str
    job: UUID | None = None
    at: int | None = None
    text: str | None = None
    token: str | None = None
    path: str | None = None
    week: int | None = None
    seconds: int | None = None


class Door(Protocol):
    """Listens at a name, and gives each line's answer back."""

    def __init__(
        self, name: str, answer: Callable[[bytes], bytes], longest: int, parent: QObject | None = None
    ) -> None: ...
    def close(self) -> None: ...


Handler = Callable[[Request], dict[str, Any]]


def address(home: Path) -> str:
    """Return the socket's path (a pipe's name on Windows) for the tracker whose data folder is ``home``.

    It follows from the folder and the account alone, whatever the environment of a terminal or a service says. Raises
    FairhourError when there is no place that is its owner's alone.
    """
    mark = sha256_of(os.fsencode(home.resolve()))[:16]
    if sys.platform == "win32":
        return f"fairhour-{mark}"
    here = home.resolve() / "control.sock"
    if len(os.fsencode(here)) <= _LONGEST_PATH:
        return str(here)
    folder = _account_folder()
    if not _is_own(folder):
        raise failure(
            "control_folder",
            "Folder not safe",
            "The folder {folder} for Fairhour's control socket can't be made, or is open to somebody else.",
            "Remove that folder, or set FAIRHOUR_HOME to a folder with a shorter path.",
            folder=folder,
        )
    return str(folder / f"{mark}.sock")


def _account_folder() -> Path:
    """Where sockets go whose data folder's path is too long: below the home that the system knows of the account.

    HOME and XDG_RUNTIME_DIR differ between a desktop, a terminal, cron and ssh; the temporary folder is everybody's.
    """
    import pwd

    below = "Library/Caches/Fairhour" if sys.platform == "darwin" else ".local/state/fairhour"
    return Path(pwd.getpwuid(os.getuid()).pw_dir, below)


def _is_own(folder: Path) -> bool:
    """Make the folder where there is none; tell whether it is its owner's alone."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        # Not where a link leads: whoever made the link could lead it elsewhere afterwards.
        facts = folder.lstat()
    except OSError as error:
        log.info("the folder for the control socket can't be made: %s", error)
        return False
    return stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.getuid() and not facts.st_mode & 0o077


class ControlServer:
    """Listens while the tracker runs. Raises FairhourError when it can't."""

    def __init__(self, home: Path, handler: Handler, parent: QObject | None = None) -> None:
        self._handler = handler
        name = address(home)
        try:
            self._door = _door()(name, self._line, MAX_LINE, parent)
        except OSError as error:
            raise failure(
                "control_socket",
                "Control socket not available",
                "Fairhour can't listen at {address} ({detail}).",
                "Check that the data folder can be written, and start Fairhour again.",
                address=name,
                detail=error.strerror or error,
            ) from error

    def close(self) -> None:
        """Stop listening and remove the socket."""
        self._door.close()

    def _line(self, line: bytes) -> bytes:
        return msgspec.json.encode(self._answer(line)) + b"\n"

    def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            request = msgspec.json.decode(line, type=Request)
            if request.text is not None and len(request.text) > MAX_COMMENT:
                raise failure(
                    "comment_too_long",
                    "Comment too long",
                    "The comment has {length} characters; {limit} are allowed.",
                    "Shorten it.",
                    length=len(request.text),
                    limit=MAX_COMMENT,
                )
            return {"ok": True, **self._handler(request)}
        except msgspec.DecodeError as error:
            return _refused(
                make_problem(
                    "request",
                    "Request not understood",
                    "It does not fit the protocol: {detail}.",
                    "Update Fairhour.",
                    detail=error,
                )
            )
        except FairhourError as error:
            return _refused(error.problem)


def _door() -> type[Door]:
    """What listens on this system."""
    if sys.platform == "win32":
        from tracker_app.control_pipe import Door as Pipe

        return Pipe
    from tracker_app.control_socket import Door as Socket

    return Socket


def request(home: Path, message: dict[str, Any], timeout_s: float = TIMEOUT_S) -> dict[str, Any]:
    """Ask the tracker that runs on ``home``; returns its answer. Raises FairhourError when none runs or it refuses."""
    line = msgspec.json.encode(message) + b"\n"
    try:
        raw = _exchange(address(home), line, timeout_s)
        answer = msgspec.json.decode(raw, type=dict[str, Any])
    except (OSError, msgspec.DecodeError) as error:
        raise failure(
            "not_running",
            "Fairhour is not running",
            "No running tracker answered.",
            "Start it (fairhour-tracker), then try again.",
            retryable=True,
        ) from error
    if not answer.get("ok"):
        raise FairhourError(msgspec.convert(answer["problem"], Problem))
    return answer


def _exchange(name: str, line: bytes, timeout_s: float) -> bytes:
    if sys.platform == "win32":
        with Path(rf"\\.\pipe\{name}").open("r+b", buffering=0) as pipe:
            pipe.write(line)
            return pipe.readline()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(timeout_s)
        connection.connect(name)
        connection.sendall(line)
        with connection.makefile("rb") as answer:
            return answer.readline()


def _refused(problem: Problem) -> dict[str, Any]:
    return {"ok": False, "problem": msgspec.to_builtins(problem)}
