"""``fairhour doctor`` in words, and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication

from tracker_app import control
from tracker_app.doctor import NEEDED, Finding, Part, examine
from worktime.errors import FairhourError, Problem

translate = QCoreApplication.translate


def carry_out(home: Path) -> dict[str, Any]:
    """Look at everything, and ask whether a tracker runs on ``home``; returns what is printed as JSON."""
    # Lock and sleep are told over Qt's D-Bus, which needs an application; one may be there for its language.
    app = QCoreApplication.instance() or QCoreApplication([])
    findings = examine()
    del app
    try:
        problems = control.request(home, {"do": "status"}).get("problems", [])
        running = True
    except FairhourError:
        running, problems = False, []
    return {
        "ok": all(finding.problem is None for finding in findings if finding.part in NEEDED),
        "running": running,
        "problems": problems,
        "parts": [_as_json(finding) for finding in findings],
    }


def in_words(answer: dict[str, Any]) -> str:
    """Return the text for people."""
    lines = [
        translate("doctor", "Fairhour is running.")
        if answer["running"]
        else translate("doctor", "Fairhour is not running; started from here it would use this:")
    ]
    for part in answer["parts"]:
        lines.append("")
        lines += _paragraph(part)
    return "\n".join(lines)


def _paragraph(part: dict[str, Any]) -> list[str]:
    from ui import problem_words

    line = translate("doctor", "{part}: {back_end}")
    back_end = part["back_end"] if part["back_end"] != "none" else translate("doctor", "nothing")
    said = line.format(part=titles()[Part(part["part"])], back_end=back_end)
    if part["problem"] is None:
        return [said, f"  {part['why']}"]
    problem = msgspec.convert(part["problem"], Problem)
    told = [said, f"  {problem_words.message(problem)}", f"  {problem_words.action(problem)}"]
    if part["install"]:
        told.append("  " + translate("doctor", "To install it: {command}").format(command=part["install"]))
    return told


def titles() -> dict[Part, str]:
    """Return what each part is called."""
    return {
        Part.SCREEN: translate("doctor", "Screenshots"),
        Part.INPUT: translate("doctor", "Last input"),
        Part.SESSION: translate("doctor", "Lock and sleep"),
        Part.COUNTS: translate("doctor", "Counts of keys and clicks"),
        Part.ACCESSIBILITY: translate("doctor", "Accessibility"),
        Part.KEYRING: translate("doctor", "Keyring"),
        Part.TRAY: translate("doctor", "Tray icon"),
    }


def why(finding: Finding) -> str | None:
    """Return why this back end was chosen; None where there is a problem, which says it."""
    if finding.problem is not None:
        return None
    known = _reasons()
    return known.get(f"{finding.part} {finding.back_end}") or known[finding.part]


def _reasons() -> dict[str, str]:
    """By part and back end, else by part alone."""
    one_way = translate("doctor", "this system has one way")
    return {
        "screen x11": translate("doctor", "this is an X11 desktop, and a picture of it came"),
        "screen portal": translate("doctor", "this is a Wayland desktop, and its portal takes screenshots"),
        "screen grim": translate(
            "doctor", "this is a Wayland desktop whose portal takes no screenshots, and grim is installed"
        ),
        "screen": one_way,
        "input x11": translate("doctor", "this is an X11 desktop, and its idle counter answers"),
        "input mutter": translate("doctor", "this is a Wayland desktop, and GNOME's idle monitor answers"),
        "input ext-idle-notify": translate("doctor", "this is a Wayland desktop that tells when nothing is touched"),
        "input kde-idle": translate(
            "doctor", "this is a Wayland desktop that tells when nothing is touched, in KDE's older way"
        ),
        "input": one_way,
        "session": translate("doctor", "these tell when the screen is locked and the machine sleeps"),
        "counts": translate("doctor", "it is installed, and counts only where job and freelancer both switch it on"),
        "accessibility": translate("doctor", "it is switched on; only the counts of keys and clicks need it"),
        "keyring": translate("doctor", "the best of those that this computer has"),
        "tray": translate("doctor", "the desktop shows icons this way"),
    }


def _as_json(finding: Finding) -> dict[str, Any]:
    return {
        "part": str(finding.part),
        "back_end": finding.back_end,
        "why": why(finding),
        "problem": msgspec.to_builtins(finding.problem) if finding.problem else None,
        "install": finding.install,
    }
