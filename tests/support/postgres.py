"""A PostgreSQL cluster that lives as long as a `with` block: own folder, own port, no fsync.

PostgreSQL refuses to run as root, so root starts it as an ordinary user.
"""

import contextlib
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from devtools import processes
from devtools.console import UserError
from tests.support.unprivileged import as_ordinary_user, give_to_ordinary_user

USER = "fairhour"
START_TIMEOUT_S = 30.0
# Nothing here survives a crash, and need not.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=127.0.0.1")


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs; Debian keeps them off PATH. UserError when there is none."""
    candidates = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    path = str(candidates[-1]) if candidates else shutil.which(name)
    if path is None:
        raise UserError(f"There is no {name} for the tests (Debian: postgresql, see packaging/debian.txt).")
    return path


@contextlib.contextmanager
def throwaway_cluster() -> Iterator[str]:
    """A running cluster; gives the DSN `postgres://user@127.0.0.1:port/fairhour` of an empty database.

    Raises UserError when PostgreSQL is missing or doesn't start: a test that needs it fails, it is never skipped.
    """
    with tempfile.TemporaryDirectory(prefix="fairhour-postgres-") as name:
        folder = Path(name)
        give_to_ordinary_user(folder)
        data = folder / "data"
        _run([program("initdb"), "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
        port = _free_port()
        settings = [f"-c{setting}" for setting in (*SETTINGS, f"unix_socket_directories={folder}")]
        server = processes.start(
            as_ordinary_user([program("postgres"), "-D", str(data), "-p", str(port), *settings]), cwd=folder
        )
        try:
            connection = ["-h", "127.0.0.1", "-p", str(port), "-U", USER]
            ready = processes.wait_until(lambda: _answers([program("pg_isready"), *connection]), START_TIMEOUT_S, 0.1)
            if not ready:
                raise UserError("PostgreSQL did not start for the tests.")
            _run([program("createdb"), *connection, "fairhour"])
            yield f"postgres://{USER}@127.0.0.1:{port}/fairhour"
        finally:
            processes.stop(server)


def _run(command: list[str]) -> None:
    done = subprocess.run(
        as_ordinary_user(command), cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode != 0:
        raise UserError(f"{command[0]} failed: {done.stdout.strip()}")


def _answers(command: list[str]) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
