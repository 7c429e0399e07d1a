"""What the user does in the settings window, as signals that the composition root connects."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class SettingsActs(QObject):
    """``change(name, value)``: a setting is to have this value. ``work_view(job, on)``: a job is to be recorded so.

    ``hidden``: show what is hidden. ``open_folder`` shows the data folder, ``move_folder(path)`` moves it after the
    user confirmed. ``export(folder)`` and ``diagnostics(folder)`` make a file there, ``cancel`` gives the making up,
    ``show_file(path)`` shows what was made.
    """

    change = Signal(str, object)
    work_view = Signal(object, bool)
    hidden = Signal()
    open_folder = Signal()
    move_folder = Signal(object)
    export = Signal(object)
    diagnostics = Signal(object)
    cancel = Signal()
    show_file = Signal(object)
