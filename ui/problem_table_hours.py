"""The part of ``problem_table`` about Other hours."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

HOURS: dict[str, tuple[object, ...]] = {
    "hours_bad": (
        QT_TRANSLATE_NOOP("problems", "Other hours not entered"),
        QT_TRANSLATE_NOOP("problems", "An entry has at least a second, at most its week's {hours} hours, and a note."),
        QT_TRANSLATE_NOOP("problems", "Enter the time again, and say in the note what it was."),
        QT_TRANSLATE_NOOP("problems", "The note has {n} characters; {most} are allowed."),
        QT_TRANSLATE_NOOP("problems", "Shorten it, and enter the time again."),
    ),
    "hours_typed": (
        QT_TRANSLATE_NOOP("problems", "Other hours not entered"),
        QT_TRANSLATE_NOOP("problems", "'{typed}' is no date."),
        QT_TRANSLATE_NOOP("problems", "Write it as year-month-day, for example 2026-11-20."),
        QT_TRANSLATE_NOOP("problems", "'{typed}' is no length of time."),
        QT_TRANSLATE_NOOP("problems", "Write hours and minutes as 1:30, or with their units as 1h30m or 45min."),
    ),
    "hours_refused": (
        QT_TRANSLATE_NOOP("problems", "Other hours refused"),
        QT_TRANSLATE_NOOP("problems", "The marketplace gave no reason."),
        QT_TRANSLATE_NOOP("problems", "They are kept on this computer."),
    ),
    "hours_week": (
        QT_TRANSLATE_NOOP("problems", "Not a week of the job"),
        QT_TRANSLATE_NOOP("problems", "The week has not begun yet, or is before the job's first one."),
        QT_TRANSLATE_NOOP("problems", "Choose a week of the job."),
    ),
    "hours_gone": (
        QT_TRANSLATE_NOOP("problems", "The entry is gone"),
        QT_TRANSLATE_NOOP("problems", "This entry of Other hours was deleted meanwhile, here or in the browser."),
        QT_TRANSLATE_NOOP("problems", "Enter the time anew if it should count."),
    ),
    "hours_submitted": (
        QT_TRANSLATE_NOOP("problems", "The timesheet was submitted"),
        QT_TRANSLATE_NOOP("problems", "This entry stands on a submitted timesheet and can't be changed any more."),
        QT_TRANSLATE_NOOP(
            "problems", "Enter further time as a new entry, and talk to your client about what is wrong in this one."
        ),
    ),
    "hours_overruled": (
        QT_TRANSLATE_NOOP("problems", "Other hours were changed elsewhere"),
        QT_TRANSLATE_NOOP(
            "problems",
            "{n} of your changes came after another one, from the browser or another computer, and do not count.",
        ),
        QT_TRANSLATE_NOOP("problems", "Look at the week's Other hours, and change them again if they are wrong."),
    ),
}
