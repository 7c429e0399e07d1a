"""``python -m marketplace serve``: the embedded marketplace, one process with its clock in a thread.

The lock file makes it one process: SQLite's write lock is inside this process, and a second one could break it.
"""

from __future__ import annotations

import logging
import signal
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO, Any

from apscheduler.schedulers.background import BackgroundScheduler
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from waitress.server import create_server

from marketplace.foundation import clock
from worktime.errors import failure

log = logging.getLogger(__name__)

LOCK_FILE = "server.lock"
ADDRESS_FILE = "address"
THREADS = 8
TICK_S = 15
TICK_FAST_S = 1
# A picture has at most 10 MB; waitress answers 413 to what is larger before it reaches Django.
MAX_BODY = 11_000_000


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold the lock of the marketplace in ``home``. Raises FairhourError when another process has it."""
    with (home / LOCK_FILE).open("a+") as file:
        try:
            _lock(file)
        except OSError as error:
            raise failure(
                "already_running",
                "Already running",
                f"Another marketplace uses {home}.",
                "Stop it first, or set FAIRHOUR_MARKETPLACE_HOME to another folder.",
            ) from error
        yield


def _lock(file: IO[str]) -> None:
    # The operating system frees either lock when the process ends, however it ends.
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def serve(home: Path, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM. The caller holds the lock and has migrated. Raises FairhourError."""
    from marketplace.workview.services import sweep_orphans

    tell_of_wal_reset_bug()
    sweep_orphans(now=time.time())
    application = get_wsgi_application()
    try:
        server = create_server(
            application,
            host=host,
            port=port,
            threads=THREADS,
            max_request_body_size=MAX_BODY,
            ident=None,
            clear_untrusted_proxy_headers=True,
            **_proxies(),
        )
    except (OSError, socket.gaierror) as error:
        raise failure(
            "port_in_use",
            "Address not free",
            f"Cannot listen on {host} port {port}: {error.strerror or error}.",
            "Stop what uses it, or choose another one with --port (0 takes any free one).",
        ) from error
    address = f"http://{host}:{server.effective_port}"
    scheduler = start_clock()
    _stop_on_signals()
    try:
        _tell(home, address)
        log.info("Fairhour's marketplace is at %s", address)
        server.run()
    finally:
        with suppress(FileNotFoundError):
            (home / ADDRESS_FILE).unlink()
        scheduler.shutdown(wait=True)
        server.close()
        log.info("Fairhour's marketplace has stopped")


def _tell(home: Path, address: str) -> None:
    """Write the address, whole or not at all: whoever waits for the file reads it at once."""
    part = home / f"{ADDRESS_FILE}.part"
    part.write_text(address, encoding="utf-8")
    part.replace(home / ADDRESS_FILE)


def _proxies() -> dict[str, Any]:
    """Return whose word waitress takes for scheme and address of a request: the proxies', where there are some.

    Without it the headers would be cleared: every request behind TLS would be redirected to itself, and rate limits
    would see one address.
    """
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return {}
    return {
        "trusted_proxy": settings.TRUSTED_PROXY,
        "trusted_proxy_count": settings.ALLAUTH_TRUSTED_PROXY_COUNT,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }


def start_clock() -> BackgroundScheduler:
    """Start the thread that calls the tick: every second when the clock runs fast, else every 15 seconds."""
    from marketplace.clock_tick import tick

    def run() -> None:
        close_old_connections()
        tick()

    scheduler = BackgroundScheduler(timezone="UTC", executors={"default": {"type": "threadpool", "max_workers": 1}})
    seconds = TICK_FAST_S if clock.rate() > 1 else TICK_S
    scheduler.add_job(run, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None)
    scheduler.start()
    # What became due while the marketplace was down is done at once.
    threading.Thread(target=run, name="first-tick", daemon=True).start()
    return scheduler


def run_clock() -> None:
    """Run the clock alone until SIGINT or SIGTERM: any number of such processes share a PostgreSQL database."""
    scheduler = start_clock()
    _stop_on_signals()
    try:
        log.info("Fairhour's clock runs")
        threading.Event().wait()
    finally:
        scheduler.shutdown(wait=True)
        log.info("Fairhour's clock has stopped")


def _stop_on_signals() -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)


def tell_of_wal_reset_bug() -> None:
    """Log one line when this SQLite can corrupt a WAL database in a race that the one write lock avoids."""
    if connection.vendor == "sqlite" and has_wal_reset_bug(sqlite3.sqlite_version_info):
        log.info(
            "SQLite %s has the WAL-reset bug (fixed in 3.51.3, 3.50.7 and 3.44.6); one process with one write lock"
            " avoids it",
            sqlite3.sqlite_version,
        )


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Return True for SQLite 3.7.0 to 3.51.2, but for the releases to which the mending was carried back."""
    mended = (version[:2] == (3, 50) and version >= (3, 50, 7)) or (version[:2] == (3, 44) and version >= (3, 44, 6))
    return (3, 7, 0) <= version < (3, 51, 3) and not mended
