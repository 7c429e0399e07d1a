"""Words for the tracker's own problems, in the user's language. Rooms without Qt make them in English.

``KNOWN`` has what translators see, by the problem's code: its title and, where they are fixed, its actions.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from worktime.errors import Problem

KNOWN: dict[str, tuple[object, ...]] = {
    "capture_failed": (
        QT_TRANSLATE_NOOP("problems", "The screenshot failed"),
        QT_TRANSLATE_NOOP(
            "problems", "Nothing now: the next slot is tried again. If it keeps happening, run: fairhour doctor"
        ),
    ),
    "capture_permission": (QT_TRANSLATE_NOOP("problems", "Screenshots are not allowed"),),
    "capture_timeout": (
        QT_TRANSLATE_NOOP("problems", "The screenshot took too long"),
        QT_TRANSLATE_NOOP(
            "problems",
            "If the system asks whether Fairhour may take screenshots, allow it. The next slot is tried again.",
        ),
    ),
    "capture_unavailable": (QT_TRANSLATE_NOOP("problems", "Screenshots are not possible here"),),
    "clock": (
        QT_TRANSLATE_NOOP("problems", "Clock not understood"),
        QT_TRANSLATE_NOOP("problems", "Remove it and start Fairhour again."),
    ),
    "clock_in_earnest": (
        QT_TRANSLATE_NOOP("problems", "Clock refused"),
        QT_TRANSLATE_NOOP("problems", "Remove it, or set FAIRHOUR_SAMPLE=1 to try the product out."),
    ),
    "comment_too_long": (
        QT_TRANSLATE_NOOP("problems", "Comment too long"),
        QT_TRANSLATE_NOOP("problems", "Shorten it."),
    ),
    "control_folder": (
        QT_TRANSLATE_NOOP("problems", "Folder not safe"),
        QT_TRANSLATE_NOOP("problems", "Remove that folder, or set XDG_RUNTIME_DIR to a folder of your own."),
    ),
    "control_socket": (
        QT_TRANSLATE_NOOP("problems", "Control socket not available"),
        QT_TRANSLATE_NOOP("problems", "Check that the data folder can be written, and start Fairhour again."),
    ),
    "counts_unavailable": (QT_TRANSLATE_NOOP("problems", "Keys and clicks can't be counted"),),
    "disk_full": (
        QT_TRANSLATE_NOOP("problems", "The disk is full"),
        QT_TRANSLATE_NOOP("problems", "Free some space on the disk."),
    ),
    "garbled": (
        QT_TRANSLATE_NOOP("problems", "Marketplace's answer not understood"),
        QT_TRANSLATE_NOOP("problems", "Check the server's address; if it is right, this is tried again by itself."),
    ),
    "http": (QT_TRANSLATE_NOOP("problems", "Marketplace refused the request"),),
    "idle_failed": (
        QT_TRANSLATE_NOOP("problems", "The last input is not known"),
        QT_TRANSLATE_NOOP("problems", "If it keeps happening, run: fairhour doctor"),
    ),
    "idle_unavailable": (QT_TRANSLATE_NOOP("problems", "Idle time can't be seen here"),),
    "journal_damaged": (
        QT_TRANSLATE_NOOP("problems", "The record was damaged"),
        QT_TRANSLATE_NOOP("problems", "Keep that file and send it to support: it can often be recovered."),
    ),
    "journal_failed": (
        QT_TRANSLATE_NOOP("problems", "The record can't be written"),
        QT_TRANSLATE_NOOP("problems", "Check the disk; this is tried again by itself."),
    ),
    "journal_newer": (
        QT_TRANSLATE_NOOP("problems", "The record belongs to a newer Fairhour"),
        QT_TRANSLATE_NOOP("problems", "Install the newest Fairhour; nothing is lost."),
    ),
    "journal_unusable": (
        QT_TRANSLATE_NOOP("problems", "The record can't be opened"),
        QT_TRANSLATE_NOOP("problems", "Close the other Fairhour, or make the folder writable, and start again."),
    ),
    "no_browser": (
        QT_TRANSLATE_NOOP("problems", "The browser could not be opened"),
        QT_TRANSLATE_NOOP("problems", "Copy the address into a browser."),
    ),
    "no_job": (
        QT_TRANSLATE_NOOP("problems", "No such job"),
        QT_TRANSLATE_NOOP("problems", "Choose one of your jobs; a new one appears here within a minute."),
        QT_TRANSLATE_NOOP("problems", "Sign in, and accept a job."),
    ),
    "no_jobs_yet": (
        QT_TRANSLATE_NOOP("problems", "No jobs known yet"),
        QT_TRANSLATE_NOOP("problems", "Try again in a moment; sign in when Fairhour's window asks for it."),
    ),
    "not_running": (
        QT_TRANSLATE_NOOP("problems", "Fairhour is not running"),
        QT_TRANSLATE_NOOP("problems", "Start it (fairhour-tracker), then try again."),
    ),
    "offline": (
        QT_TRANSLATE_NOOP("problems", "Marketplace not reachable"),
        QT_TRANSLATE_NOOP("problems", "Nothing: what is recorded is kept and sent when the marketplace is back."),
    ),
    "picture_unreadable": (
        QT_TRANSLATE_NOOP("problems", "Screenshot can't be sent"),
        QT_TRANSLATE_NOOP("problems", "The time of its slot is recorded; without the picture it is not protected."),
    ),
    "receipt": (
        QT_TRANSLATE_NOOP("problems", "Marketplace's receipt does not match"),
        QT_TRANSLATE_NOOP("problems", "Nothing: it is sent again by itself."),
    ),
    "refused": (
        QT_TRANSLATE_NOOP("problems", "Segment refused"),
        QT_TRANSLATE_NOOP("problems", "It is kept on this computer."),
    ),
    "request": (
        QT_TRANSLATE_NOOP("problems", "Request not understood"),
        QT_TRANSLATE_NOOP("problems", "Update Fairhour."),
    ),
    "sample_only": (
        QT_TRANSLATE_NOOP("problems", "Only in the sample mode"),
        QT_TRANSLATE_NOOP("problems", "Leave it out."),
    ),
    "server_address": (
        QT_TRANSLATE_NOOP("problems", "Server address not understood"),
        QT_TRANSLATE_NOOP("problems", "Correct it and start Fairhour again."),
    ),
    "server_not_private": (
        QT_TRANSLATE_NOOP("problems", "Server address not safe"),
        QT_TRANSLATE_NOOP("problems", "Use the marketplace's https:// address and start Fairhour again."),
    ),
    "session_unavailable": (
        QT_TRANSLATE_NOOP("problems", "Lock and sleep can't be seen here"),
        QT_TRANSLATE_NOOP("problems", "Stop the tracker yourself before you lock the screen."),
    ),
    "signed_out": (
        QT_TRANSLATE_NOOP("problems", "Signed out"),
        QT_TRANSLATE_NOOP("problems", "Sign in again to send it."),
    ),
    "spool_failed": (
        QT_TRANSLATE_NOOP("problems", "The screenshot can't be kept"),
        QT_TRANSLATE_NOOP("problems", "Free some space on the disk; the next slot is tried again."),
    ),
    "theme": (
        QT_TRANSLATE_NOOP("problems", "Theme not understood"),
        QT_TRANSLATE_NOOP("problems", "Correct it and start Fairhour again."),
    ),
    "tick_failed": (
        QT_TRANSLATE_NOOP("problems", "The running time can't be written"),
        QT_TRANSLATE_NOOP("problems", "Check the disk; this is tried again each second."),
    ),
    "token_file": (
        QT_TRANSLATE_NOOP("problems", "Sign-in file not usable"),
        QT_TRANSLATE_NOOP("problems", "Have a new one issued and start the tracker again."),
    ),
    "token_file_open": (
        QT_TRANSLATE_NOOP("problems", "Sign-in file is readable by others"),
        QT_TRANSLATE_NOOP(
            "problems", "Have a new one issued; the file must be readable by its owner alone (mode 0600)."
        ),
    ),
    "too_late": (
        QT_TRANSLATE_NOOP("problems", "Too late"),
        QT_TRANSLATE_NOOP("problems", "Give a second that is still to come."),
    ),
    "which_job": (QT_TRANSLATE_NOOP("problems", "Which job?"),),
}


def title(problem: Problem) -> str:
    """Return the title in the user's language, as it stands where it is not known."""
    return _said(problem.code, problem.title)


def action(problem: Problem) -> str:
    """Return what the reader can do, likewise."""
    return _said(problem.code, problem.action)


def _said(code: str, text: str) -> str:
    # The marketplace's own sentences can come with the same code: they are not replaced by others.
    known = KNOWN.get("http" if code.startswith("http_") else code, ())
    return QCoreApplication.translate("problems", text) if text in known else text
