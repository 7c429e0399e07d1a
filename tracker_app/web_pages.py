"""The marketplace's pages that the tracker opens in the system's browser, and how it does that."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from worktime.errors import failure


def work_page(job: UUID | None) -> str:
    """Return the path of a job's Work View; without a job that of all jobs."""
    return f"/jobs/{job}/work/" if job is not None else "/"


ASSISTANCE = "#assistance"
"""Where on a tile's page its rejection is answered, and assistance asked for."""


def tile_page(job: UUID, segment: UUID | None, part: str = "") -> str:
    """Return the path of a tile with its history and what can be done about it; its job's while it is not known."""
    return f"/segments/{segment}/{part}" if segment is not None else work_page(job)


def open_page(server: str, path: str) -> None:
    """Open a page of the marketplace, where one is known. Raises FairhourError when the desktop opens no browser."""
    if not server:
        return
    address = server + path
    if not QDesktopServices.openUrl(QUrl(address)):
        raise failure(
            "no_browser",
            "The browser could not be opened",
            "This desktop opened no browser for {address}",
            "Copy the address into a browser.",
            address=address,
        )
