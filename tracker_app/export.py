"""Everything that Fairhour keeps about its user on this computer, in one zip file: the journal, the screenshots, what
was chosen. No secrets: keys and sign-ins stay where they are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from importlib import metadata
from pathlib import Path
from uuid import UUID

from sync.journal_export import JournalExport
from tracker_app.bundle import Bundle, Step

OWN_FILES = ("preferences.json", "hidden.json", "jobs.json", "account.json", "window.ini")
"""Beside the journal. Not ``sign-in.json``, which holds a secret, nor ``people.json``, which is about others, too."""
_JOURNAL_DONE = 20


def write_export(
    folder: Path, home: Path, journal: JournalExport, others: Collection[UUID], now: datetime, step: Step
) -> Path:
    """Write the file into ``folder``; ``others``: jobs of other people who record on this computer.

    Returns where it lies. Raises FairhourError, or CancelledError when ``step`` says so.
    """
    with Bundle(folder, "Fairhour-export", now, step) as bundle:
        bundle.done(0)
        bundle.add_lists("journal.json", {table: journal.rows(table, others) for table in journal.tables()})
        for name in OWN_FILES:
            if (home / name).exists():
                bundle.add(name, (home / name).read_bytes())
        bundle.done(_JOURNAL_DONE)
        left_out = _pictures(bundle, journal, others)
        bundle.add_json(
            "contents.json",
            {"made_at": now.isoformat(timespec="seconds"), "fairhour": version(), "screenshots_left_out": left_out},
        )
    return bundle.file


def _pictures(bundle: Bundle, journal: JournalExport, others: Collection[UUID]) -> list[str]:
    """Add the screenshots; returns those that could not be had (deleted meanwhile, or the keyring is locked)."""
    left_out = []
    kept = journal.pictures(others)
    for number, each in enumerate(kept, 1):
        data = journal.picture(each)
        if data is None:
            left_out.append(each.name)
        else:
            bundle.add(f"screenshots/{each.name}", data, packed=True)
        bundle.done(_JOURNAL_DONE + (100 - _JOURNAL_DONE) * number // len(kept))
    return left_out


def version() -> str:
    """Return the version of this program."""
    try:
        return metadata.version("fairhour")
    except metadata.PackageNotFoundError:
        return "?"
