"""``fairhour export``, ``diagnostics`` and ``week``: what the command line asks of the tracker, and says of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication

from tracker_app.control import request
from worktime.errors import FairhourError, Problem

translate = QCoreApplication.translate
_LOOK_S = 0.3


def make_file(home: Path, kind: str, folder: str, rest: Callable[[float], None] = time.sleep) -> dict[str, Any]:
    """Have the tracker make a file in ``folder``; returns its answer when it is there. Raises FairhourError.

    Ctrl-C gives it up.
    """
    task = request(home, {"do": kind, "path": str(Path(folder).resolve())})["tasks"][kind]
    told = -1
    try:
        while task["share"] is not None:
            if sys.stderr.isatty() and task["share"] != told:
                told = task["share"]
                print(f"\r{told:3} %", end="", file=sys.stderr, flush=True)
            rest(_LOOK_S)
            task = request(home, {"do": "tasks"})["tasks"][kind]
    except KeyboardInterrupt:
        request(home, {"do": "cancel_task"})
        raise
    finally:
        if told >= 0:
            print(file=sys.stderr)
    if task["problem"] is not None:
        raise FairhourError(msgspec.convert(task["problem"], Problem))
    return {"ok": True, "file": task["file"]}


def made_in_words(answer: dict[str, Any]) -> str:
    """Return where the file lies."""
    if answer["file"] is None:
        return translate("cli", "Cancelled: nothing was written.")
    return translate("cli", "Saved: {file}").format(file=answer["file"])


def week_in_words(answer: dict[str, Any]) -> str:
    """Return each job's week: its days, and what of it is protected."""
    from ui import words

    if not answer["jobs"]:
        return translate("cli", "No jobs are known yet.")
    lines: list[str] = []
    for job in answer["jobs"]:
        if lines:
            lines.append("")
        head = translate("cli", "{client}: {title}, {time} of {authorized} authorized")
        lines.append(
            head.format(
                client=job["client"],
                title=job["title"],
                time=words.duration(job["tracked_s"]),
                authorized=words.hours_only(job["authorized_s"]),
            )
        )
        for day in job["days"]:
            when = date.fromisoformat(day["date"])
            lines.append(f"  {words.day_name(when.weekday())} {when.isoformat()}  {words.duration(day['tracked_s'])}")
        lines += _protection(job)
    return "\n".join(lines)


def _protection(job: dict[str, Any]) -> list[str]:
    from ui import words
    from ui.models import Unprotected

    names = {"flat": "flat_picture"}
    lines = ["  " + translate("cli", "Protected: {time}").format(time=words.duration(job["protected_s"]))]
    for name, seconds in job["unprotected"].items():
        why = words.unprotected(Unprotected(names.get(name, name)))
        lines.append(
            "  " + translate("cli", "Not protected: {time}, {why}").format(time=words.duration(seconds), why=why)
        )
    return lines
