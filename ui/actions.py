"""What the user does in tray, window and dialogs, as signals that the composition root connects."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class UiActions(QObject):
    """Acts of the user. Jobs are UUIDs, slots ints (as ``object``: Qt's own int has 32 bits), texts str.

    ``choose``: a job was picked while nothing is recorded (a pause of another job then ends); ``switch``: while
    something is. ``comment`` is for the running slot and those after it; ``tile_comment(job, slot, text)`` for one that
    has been recorded.
    ``tile_web(job, slot)``: show it on the marketplace; ``assistance(job, slot)``: there ask for it about a rejection.
    ``private(seconds)``: nothing is recorded for so long, and no picture is taken; ``hidden``: show what is hidden.
    ``hours``: show the Other hours.
    ``settings``: show the settings. ``work_view(on)``: what is recorded from now on gets screenshots, or none.
    ``count_input(on)``: keys and clicks are counted for the chosen job, where its client asks for that, or not.
    ``refused_show`` asks for the window of refused records; ``refused_again(ids)``, ``refused_discard(ids)`` (after the
    user confirmed) and ``refused_export(ids, folder)`` are what can be done in it.
    ``sign_in(server)``: through the browser, "" for the marketplace that is known; ``keep_in_file``: the yes to
    keeping the sign-in in a file where there is no keyring. ``sign_out`` comes after the user confirmed, as do
    ``delete_tile(job, slot)`` and ``quit`` come after the user confirmed; on quit the root stops recording and ends.
    """

    work_view = Signal(bool)
    count_input = Signal(bool)
    start = Signal(object)
    stop = Signal()
    choose = Signal(object)
    switch = Signal(object)
    comment = Signal(str)
    tile_comment = Signal(object, object, str)
    delete_tile = Signal(object, object)
    resume = Signal()
    private = Signal(int)
    hidden = Signal()
    hours = Signal()
    settings = Signal()
    first_steps = Signal()
    stay_paused = Signal()
    open_web = Signal()
    tile_web = Signal(object, object)
    assistance = Signal(object, object)
    sign_in = Signal(str)
    cancel_sign_in = Signal()
    sign_out = Signal()
    keep_in_file = Signal()
    refused_show = Signal()
    refused_again = Signal(object)
    refused_discard = Signal(object)
    refused_export = Signal(object, object)
    quit = Signal()
