"""The sentences of the tracker's own problems, as translators see them: by the problem's code its titles, messages
and actions. What is done with them is in ``problem_words``; a test compares them with the rooms that make problems.

A tuple inside an entry is one message of several sentences; those in braces are places for values.

Over 500 lines, because it is one table without any code: whoever translates finds every sentence here.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.problem_table_hours import HOURS
from ui.problem_table_permissions import PERMISSIONS
from ui.problem_table_reaching import REACHING
from ui.problem_table_screenshots import SCREENSHOTS
from ui.problem_table_settings import SETTINGS

_SLEEP_IS_SEEN = QT_TRANSLATE_NOOP(
    "problems", "Time asleep is never counted, but a locked screen is only noticed as missing input."
)
_STAYS_HERE = QT_TRANSLATE_NOOP("problems", "Recording goes on, and what is recorded stays on this computer.")

KNOWN: dict[str, tuple[object, ...]] = {
    **HOURS,
    **PERMISSIONS,
    **REACHING,
    **SCREENSHOTS,
    **SETTINGS,
    "clock": (
        QT_TRANSLATE_NOOP("problems", "Clock not understood"),
        QT_TRANSLATE_NOOP("problems", "FAIRHOUR_CLOCK is not a clock: {detail}."),
        QT_TRANSLATE_NOOP("problems", "Remove it and start Fairhour again."),
    ),
    "clock_in_earnest": (
        QT_TRANSLATE_NOOP("problems", "Clock refused"),
        QT_TRANSLATE_NOOP("problems", "FAIRHOUR_CLOCK is set, and real work is recorded by real time only."),
        QT_TRANSLATE_NOOP("problems", "Remove it, or set FAIRHOUR_SAMPLE=1 to try the product out."),
    ),
    "clock_skew": (
        QT_TRANSLATE_NOOP("problems", "This computer's clock is off"),
        QT_TRANSLATE_NOOP(
            "problems",
            "It is {minutes} min ahead of the marketplace's. Time that has not come there yet is kept and sent later.",
        ),
        QT_TRANSLATE_NOOP(
            "problems",
            "It is {hours} h ahead of the marketplace's. Time that has not come there yet is kept and sent later.",
        ),
        QT_TRANSLATE_NOOP(
            "problems",
            "It is {minutes} min behind the marketplace's. What is recorded gets times that are that much too early.",
        ),
        QT_TRANSLATE_NOOP(
            "problems",
            "It is {hours} h behind the marketplace's. What is recorded gets times that are that much too early.",
        ),
        QT_TRANSLATE_NOOP(
            "problems", "Set the date and the time of this computer, best by itself, and start Fairhour again."
        ),
    ),
    "comment_too_long": (
        QT_TRANSLATE_NOOP("problems", "Comment too long"),
        QT_TRANSLATE_NOOP("problems", "The comment has {length} characters; {limit} are allowed."),
        QT_TRANSLATE_NOOP("problems", "Shorten it."),
    ),
    "control_folder": (
        QT_TRANSLATE_NOOP("problems", "Folder not safe"),
        QT_TRANSLATE_NOOP(
            "problems", "The folder {folder} for Fairhour's control socket can't be made, or is open to somebody else."
        ),
        QT_TRANSLATE_NOOP("problems", "Remove that folder, or set FAIRHOUR_HOME to a folder with a shorter path."),
    ),
    "control_socket": (
        QT_TRANSLATE_NOOP("problems", "Control socket not available"),
        QT_TRANSLATE_NOOP("problems", "Fairhour can't listen at {address} ({detail})."),
        QT_TRANSLATE_NOOP("problems", "Check that the data folder can be written, and start Fairhour again."),
    ),
    "counts_unavailable": (
        QT_TRANSLATE_NOOP("problems", "Keys and clicks can't be counted"),
        QT_TRANSLATE_NOOP("problems", "The system no longer tells, or does not allow, when keys are pressed."),
        QT_TRANSLATE_NOOP(
            "problems", "Allow Fairhour in the system's settings for input monitoring, or switch the counts off."
        ),
        QT_TRANSLATE_NOOP("problems", "pynput can't be used here ({detail})."),
        QT_TRANSLATE_NOOP("problems", "Install the 'counts' extra of Fairhour, or switch the counts off."),
        QT_TRANSLATE_NOOP("problems", "Wayland hides the input of other programs."),
        QT_TRANSLATE_NOOP("problems", "Use an X11 session, or switch the counts off."),
    ),
    "disk_full": (
        QT_TRANSLATE_NOOP("problems", "The disk is full"),
        QT_TRANSLATE_NOOP("problems", "Time is still counted, but pauses, comments and screenshots can't be kept."),
        QT_TRANSLATE_NOOP("problems", "Free some space on the disk."),
    ),
    "disk_nearly_full": (
        QT_TRANSLATE_NOOP("problems", "The disk is almost full"),
        QT_TRANSLATE_NOOP(
            "problems",
            "{room} KB are left. Time is recorded as before; screenshots are not kept while there is so little room.",
        ),
        QT_TRANSLATE_NOOP("problems", "Free some space on the disk."),
    ),
    "export_failed": (
        QT_TRANSLATE_NOOP("problems", "The copy can't be written"),
        QT_TRANSLATE_NOOP("problems", "The folder {file} did not take it ({detail})."),
        QT_TRANSLATE_NOOP("problems", "Choose another folder."),
    ),
    "garbled": (
        QT_TRANSLATE_NOOP("problems", "Marketplace's answer not understood"),
        QT_TRANSLATE_NOOP("problems", "The answer was not one of Fairhour's: {detail}. Recording goes on."),
        QT_TRANSLATE_NOOP("problems", "Check the server's address; if it is right, this is tried again by itself."),
    ),
    "home_foreign": (
        QT_TRANSLATE_NOOP("problems", "Data folder belongs to somebody else"),
        QT_TRANSLATE_NOOP(
            "problems",
            "The folder {folder} is not yours: what you record there would mix with another person's work.",
        ),
        QT_TRANSLATE_NOOP(
            "problems", "Start Fairhour as the folder's owner, or set FAIRHOUR_HOME to a folder of your own."
        ),
    ),
    "home_unusable": (
        QT_TRANSLATE_NOOP("problems", "Data folder not usable"),
        QT_TRANSLATE_NOOP("problems", "Fairhour can't keep its record in {folder} ({detail})."),
        QT_TRANSLATE_NOOP(
            "problems", "Make the folder writable, or set FAIRHOUR_HOME to another one, and start Fairhour again."
        ),
    ),
    "http": (
        QT_TRANSLATE_NOOP("problems", "Marketplace refused the request"),
        QT_TRANSLATE_NOOP("problems", "The marketplace, or something on the way there, answered with status {status}."),
        QT_TRANSLATE_NOOP(
            "problems", "This is tried again by itself. If it stays so, check the server's address and this network."
        ),
    ),
    "idle_failed": (
        QT_TRANSLATE_NOOP("problems", "The last input is not known"),
        QT_TRANSLATE_NOOP("problems", "macOS does not tell when the last input was ({detail})."),
        QT_TRANSLATE_NOOP("problems", "If it keeps happening, run: fairhour doctor"),
        QT_TRANSLATE_NOOP("problems", "GNOME does not tell when the last input was ({detail})."),
        QT_TRANSLATE_NOOP("problems", "The session bus does not answer ({detail})."),
        QT_TRANSLATE_NOOP("problems", "The Wayland compositor does not answer ({detail})."),
        QT_TRANSLATE_NOOP("problems", "Windows does not tell when the last input was ({detail})."),
        QT_TRANSLATE_NOOP("problems", "The X server {server} does not answer ({detail})."),
    ),
    "idle_unavailable": (
        QT_TRANSLATE_NOOP("problems", "Idle time can't be seen here"),
        QT_TRANSLATE_NOOP("problems", "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set."),
        QT_TRANSLATE_NOOP("problems", "Start Fairhour from within your desktop session."),
        QT_TRANSLATE_NOOP(
            "problems",
            "This Wayland desktop does not tell when the last input was: it has neither GNOME's idle monitor nor "
            "ext-idle-notify.",
        ),
        QT_TRANSLATE_NOOP("problems", "Stop the tracker yourself when you leave, or use an X11 session."),
        QT_TRANSLATE_NOOP(
            "problems", "The X server {server} lacks {extension}: it is not a whole desktop (Xwayland has none)."
        ),
    ),
    "journal_damaged": (
        QT_TRANSLATE_NOOP("problems", "The record was damaged"),
        QT_TRANSLATE_NOOP(
            "problems",
            "{kept} entries were recovered from it and {lost} were not; {pictures} screenshots were found again, and "
            "{unclaimed} of which nobody knows their time. The damaged file lies here: {file}",
        ),
        QT_TRANSLATE_NOOP(
            "problems",
            "Check your hours of this week. If they are right, remove that file; if not, send it to support.",
        ),
    ),
    "journal_damaged_now": (
        QT_TRANSLATE_NOOP("problems", "The record is damaged"),
        QT_TRANSLATE_NOOP("problems", "Something has changed its file ({detail}). Time is still counted, in memory."),
        QT_TRANSLATE_NOOP(
            "problems", "Quit Fairhour and start it again: it then recovers what there is, and says what."
        ),
    ),
    "journal_failed": (
        QT_TRANSLATE_NOOP("problems", "The record can't be written"),
        QT_TRANSLATE_NOOP(
            "problems",
            "The disk did not take it ({detail}). Time is still counted, and written as soon as the disk takes it.",
        ),
        QT_TRANSLATE_NOOP("problems", "Check the disk; this is tried again by itself."),
    ),
    "journal_newer": (
        QT_TRANSLATE_NOOP("problems", "The record belongs to a newer Fairhour"),
        QT_TRANSLATE_NOOP("problems", "It can't be opened with this version: {detail}."),
        QT_TRANSLATE_NOOP("problems", "Install the newest Fairhour; nothing is lost."),
    ),
    "journal_unusable": (
        QT_TRANSLATE_NOOP("problems", "The record can't be opened"),
        QT_TRANSLATE_NOOP("problems", "The file {file} can't be used ({detail}). Perhaps Fairhour is running already."),
        QT_TRANSLATE_NOOP("problems", "Close the other Fairhour, or make the folder writable, and start again."),
    ),
    "malformed": (
        QT_TRANSLATE_NOOP("problems", "Message not understood"),
        QT_TRANSLATE_NOOP("problems", "It does not fit the protocol: {detail}."),
        QT_TRANSLATE_NOOP("problems", "Update Fairhour and send it again."),
        QT_TRANSLATE_NOOP("problems", "Its text is not UTF-8."),
        QT_TRANSLATE_NOOP("problems", "Its values are nested too deep."),
    ),
    "keyring_locked": (
        QT_TRANSLATE_NOOP("problems", "Keyring locked"),
        (QT_TRANSLATE_NOOP("problems", "This computer's keyring is locked, and the sign-in is inside."), _STAYS_HERE),
        QT_TRANSLATE_NOOP(
            "problems", "Unlock the keyring and start Fairhour again, or wait: it asks again every half hour."
        ),
    ),
    "no_browser": (
        QT_TRANSLATE_NOOP("problems", "The browser could not be opened"),
        QT_TRANSLATE_NOOP("problems", "This desktop opened no browser for {address}"),
        QT_TRANSLATE_NOOP("problems", "Copy the address into a browser."),
    ),
    "no_job": (
        QT_TRANSLATE_NOOP("problems", "No such job"),
        QT_TRANSLATE_NOOP("problems", "The job is not one of yours, as far as this computer knows."),
        QT_TRANSLATE_NOOP("problems", "Choose one of your jobs; a new one appears here within a minute."),
        QT_TRANSLATE_NOOP("problems", "There is no job yet."),
        QT_TRANSLATE_NOOP("problems", "Sign in, and accept a job."),
    ),
    "no_jobs_yet": (
        QT_TRANSLATE_NOOP("problems", "No jobs known yet"),
        QT_TRANSLATE_NOOP(
            "problems", "Your jobs are still being fetched from the marketplace, or you are not signed in."
        ),
        QT_TRANSLATE_NOOP("problems", "Try again in a moment; sign in when Fairhour's window asks for it."),
    ),
    "no_keyring": (
        QT_TRANSLATE_NOOP("problems", "No keyring"),
        QT_TRANSLATE_NOOP(
            "problems",
            "This computer has no keyring that can be used ({detail}): the sign-in lasts until Fairhour ends.",
        ),
        QT_TRANSLATE_NOOP("problems", "Install a keyring, or sign in with: fairhour sign-in --keep-in-file"),
    ),
    "no_tray": (
        QT_TRANSLATE_NOOP("problems", "No place for the icon"),
        QT_TRANSLATE_NOOP("problems", "This desktop shows no tray icons, so Fairhour is its window alone."),
        QT_TRANSLATE_NOOP(
            "problems", "Switch on or install what shows tray icons on your desktop, or keep Fairhour's window open."
        ),
        QT_TRANSLATE_NOOP("problems", "Qt could not open a display ({detail})."),
        QT_TRANSLATE_NOOP("problems", "Start Fairhour from within your desktop session."),
    ),
    "not_running": (
        QT_TRANSLATE_NOOP("problems", "Fairhour is not running"),
        QT_TRANSLATE_NOOP("problems", "No running tracker answered."),
        QT_TRANSLATE_NOOP("problems", "Start it (fairhour-tracker), then try again."),
    ),
    "not_united": (
        QT_TRANSLATE_NOOP("problems", "Two records don't fit together"),
        QT_TRANSLATE_NOOP(
            "problems",
            "The marketplace holds another record of these 12 minutes, and does not take what both are together.",
        ),
        QT_TRANSLATE_NOOP("problems", "Export it, and ask the marketplace's staff for help."),
    ),
    "others_records": (
        QT_TRANSLATE_NOOP("problems", "Records of {name} are kept here"),
        QT_TRANSLATE_NOOP("problems", "They were recorded on this computer, and are never sent to another account."),
        QT_TRANSLATE_NOOP("problems", "Nothing: they are sent when {name} signs in here again."),
        QT_TRANSLATE_NOOP("problems", "Somebody else's records are kept here"),
        QT_TRANSLATE_NOOP("problems", "Nothing: they are sent when that person signs in here again."),
    ),
    "picture_unreadable": (
        QT_TRANSLATE_NOOP("problems", "Screenshot can't be sent"),
        QT_TRANSLATE_NOOP("problems", "A screenshot stays on this computer because its file is not what was recorded."),
        QT_TRANSLATE_NOOP("problems", "The time of its slot is recorded; without the picture it is not protected."),
        QT_TRANSLATE_NOOP("problems", "A screenshot stays on this computer because its file can't be read ({detail})."),
    ),
    "receipt": (
        QT_TRANSLATE_NOOP("problems", "Marketplace's receipt does not match"),
        QT_TRANSLATE_NOOP(
            "problems", "Nothing is taken as sent: {sent} segments were sent and {receipts} receipts came back."
        ),
        QT_TRANSLATE_NOOP("problems", "Nothing: it is sent again by itself."),
        QT_TRANSLATE_NOOP(
            "problems", "Nothing is taken as sent: the receipt for slot {slot} is not for what was sent."
        ),
        QT_TRANSLATE_NOOP("problems", "Nothing is taken as sent: the receipt is not for the picture that was sent."),
        QT_TRANSLATE_NOOP("problems", "Nothing is taken as sent: a receipt is not for the Other hours that were sent."),
    ),
    "record_restored": (
        QT_TRANSLATE_NOOP("problems", "An older copy of the record is in use"),
        QT_TRANSLATE_NOOP(
            "problems",
            "The marketplace held more of {n} segments than this computer. Both were put together; no time is lost or "
            "counted twice.",
        ),
        QT_TRANSLATE_NOOP(
            "problems",
            "Nothing after restoring a backup. If a second computer uses a copy of this one's data, install Fairhour "
            "there anew.",
        ),
    ),
    "refused": (
        QT_TRANSLATE_NOOP("problems", "Segment refused"),
        QT_TRANSLATE_NOOP("problems", "The marketplace gave no reason."),
        QT_TRANSLATE_NOOP("problems", "It is kept on this computer."),
    ),
    "request": (
        QT_TRANSLATE_NOOP("problems", "Request not understood"),
        QT_TRANSLATE_NOOP("problems", "It does not fit the protocol: {detail}."),
        QT_TRANSLATE_NOOP("problems", "Update Fairhour."),
        QT_TRANSLATE_NOOP("problems", "There is no request '{name}'."),
    ),
    "running_silent": (
        QT_TRANSLATE_NOOP("problems", "Fairhour is running already"),
        QT_TRANSLATE_NOOP("problems", "Another Fairhour (process {process}) works in {folder} and does not answer."),
        QT_TRANSLATE_NOOP(
            "problems", "Wait a moment and try again. If it stays so, end that process: what it recorded is kept."
        ),
    ),
    "sample_only": (
        QT_TRANSLATE_NOOP("problems", "Only in the sample mode"),
        QT_TRANSLATE_NOOP("problems", "A second to act at can be given in the sample mode alone."),
        QT_TRANSLATE_NOOP("problems", "Leave it out."),
    ),
    "server_address": (
        QT_TRANSLATE_NOOP("problems", "Server address not understood"),
        QT_TRANSLATE_NOOP(
            "problems", "'{server}' is no address of a marketplace; one looks like https://fairhour.example."
        ),
        QT_TRANSLATE_NOOP("problems", "Correct it and try again."),
    ),
    "server_not_private": (
        QT_TRANSLATE_NOOP("problems", "Server address not safe"),
        QT_TRANSLATE_NOOP(
            "problems",
            "The address is '{server}': everybody on the way could read the sign-in and the screenshots.",
        ),
        QT_TRANSLATE_NOOP("problems", "Use the marketplace's https:// address."),
    ),
    "session_unavailable": (
        QT_TRANSLATE_NOOP("problems", "Lock and sleep can't be seen here"),
        (QT_TRANSLATE_NOOP("problems", "Neither logind nor a screen saver is running."), _SLEEP_IS_SEEN),
        QT_TRANSLATE_NOOP("problems", "Stop the tracker yourself before you lock the screen."),
        (
            QT_TRANSLATE_NOOP(
                "problems",
                "logind knows no session of this program, and no screen saver is running, so a lock goes unseen.",
            ),
            _SLEEP_IS_SEEN,
        ),
        (QT_TRANSLATE_NOOP("problems", "logind is not running, so sleep and shutdown go unseen."), _SLEEP_IS_SEEN),
        (QT_TRANSLATE_NOOP("problems", "Fairhour does not watch lock and sleep on this system yet."), _SLEEP_IS_SEEN),
        (QT_TRANSLATE_NOOP("problems", "Windows did not let Fairhour listen ({detail})."), _SLEEP_IS_SEEN),
        (QT_TRANSLATE_NOOP("problems", "macOS did not let Fairhour listen ({detail})."), _SLEEP_IS_SEEN),
    ),
    "sign_in_broken": (
        QT_TRANSLATE_NOOP("problems", "Not signed in"),
        QT_TRANSLATE_NOOP("problems", "Something went wrong inside Fairhour."),
        QT_TRANSLATE_NOOP("problems", "Try again. If it happens again, send Fairhour's log to support."),
    ),
    "sign_in_cancelled": (
        QT_TRANSLATE_NOOP("problems", "Not signed in"),
        QT_TRANSLATE_NOOP("problems", "The sign-in was cancelled."),
        QT_TRANSLATE_NOOP("problems", "Nothing was changed."),
    ),
    "sign_in_denied": (
        QT_TRANSLATE_NOOP("problems", "Not signed in"),
        QT_TRANSLATE_NOOP("problems", "It was not allowed in the browser."),
        QT_TRANSLATE_NOOP("problems", "Press the button again if that was a mistake."),
    ),
    "sign_in_failed": (
        QT_TRANSLATE_NOOP("problems", "Not signed in"),
        QT_TRANSLATE_NOOP("problems", "The marketplace did not complete the sign-in ({detail})."),
        QT_TRANSLATE_NOOP("problems", "Try again; what the browser brings is good for a minute."),
    ),
    "sign_in_no_browser": (
        QT_TRANSLATE_NOOP("problems", "The browser could not be opened"),
        QT_TRANSLATE_NOOP("problems", "This desktop opened no browser."),
        QT_TRANSLATE_NOOP("problems", "Copy the address into one on this computer; Fairhour waits for it."),
    ),
    "sign_in_not_kept": (
        QT_TRANSLATE_NOOP("problems", "The sign-in could not be kept"),
        QT_TRANSLATE_NOOP("problems", "The disk did not take it ({detail}). It lasts until Fairhour ends."),
        QT_TRANSLATE_NOOP("problems", "Free some space on the disk, and sign in again then."),
    ),
    "sign_in_port": (
        QT_TRANSLATE_NOOP("problems", "Sign-in not possible"),
        QT_TRANSLATE_NOOP("problems", "This computer gave no port for the browser's answer ({detail})."),
        QT_TRANSLATE_NOOP("problems", "Close some programs and try again."),
    ),
    "sign_in_server": (
        QT_TRANSLATE_NOOP("problems", "Marketplace not reachable"),
        QT_TRANSLATE_NOOP("problems", "No marketplace answered at {server}."),
        QT_TRANSLATE_NOOP("problems", "Check the address and your network, and try again."),
    ),
    "sign_in_timeout": (
        QT_TRANSLATE_NOOP("problems", "Not signed in"),
        QT_TRANSLATE_NOOP("problems", "Nothing came back from the browser."),
        QT_TRANSLATE_NOOP("problems", "Press the button again, and finish signing in there."),
    ),
    "sign_out_locked": (
        QT_TRANSLATE_NOOP("problems", "Not signed out"),
        QT_TRANSLATE_NOOP("problems", "This computer's keyring is locked, and the sign-in is inside."),
        QT_TRANSLATE_NOOP(
            "problems",
            "Unlock the keyring and sign out again, or sign this device out on the marketplace's page of devices.",
        ),
    ),
    "sign_out_unheard": (
        QT_TRANSLATE_NOOP("problems", "Signed out on this computer only"),
        QT_TRANSLATE_NOOP("problems", "The marketplace could not be told."),
        QT_TRANSLATE_NOOP("problems", "Sign this device out on the marketplace's page of devices, too."),
    ),
    "signed_out": (
        QT_TRANSLATE_NOOP("problems", "Signed out"),
        (QT_TRANSLATE_NOOP("problems", "Nobody is signed in on this computer."), _STAYS_HERE),
        QT_TRANSLATE_NOOP("problems", "Sign in again to send it."),
        QT_TRANSLATE_NOOP("problems", "Nobody is signed in on this computer."),
        QT_TRANSLATE_NOOP("problems", "Nothing to do."),
        (
            QT_TRANSLATE_NOOP(
                "problems",
                "The marketplace has ended this computer's sign-in: somebody signed it out there, signed in in its "
                "place, chose a new password, a copy of it was used elsewhere, it was not used for 90 days, or a year "
                "has passed since.",
            ),
            _STAYS_HERE,
        ),
    ),
    "spool_locked": (
        QT_TRANSLATE_NOOP("problems", "Screenshots wait for the keyring"),
        QT_TRANSLATE_NOOP(
            "problems",
            "They are encrypted on this computer, and their key is in the system's keyring, which is locked.",
        ),
        QT_TRANSLATE_NOOP("problems", "Unlock the keyring, or sign out of the desktop and in again."),
    ),
    "spool_failed": (
        QT_TRANSLATE_NOOP("problems", "The screenshot can't be kept"),
        QT_TRANSLATE_NOOP("problems", "The disk did not take it ({detail}). The time counts, but is not protected."),
        QT_TRANSLATE_NOOP("problems", "Free some space on the disk; the next slot is tried again."),
    ),
    "tick_failed": (
        QT_TRANSLATE_NOOP("problems", "The running time can't be written"),
        QT_TRANSLATE_NOOP("problems", "The disk did not take it ({detail}). Counting goes on in memory."),
        QT_TRANSLATE_NOOP("problems", "Check the disk; this is tried again each second."),
    ),
    "token_file": (
        QT_TRANSLATE_NOOP("problems", "Sign-in file not usable"),
        QT_TRANSLATE_NOOP("problems", "The sign-in could not be read from {file} ({detail})."),
        QT_TRANSLATE_NOOP("problems", "Have a new one issued and start the tracker again."),
    ),
    "token_file_open": (
        QT_TRANSLATE_NOOP("problems", "Sign-in file is readable by others"),
        QT_TRANSLATE_NOOP(
            "problems", "{file} can be read by other users of this computer, so its token is not safe to use."
        ),
        QT_TRANSLATE_NOOP(
            "problems", "Have a new one issued; the file must be readable by its owner alone (mode 0600)."
        ),
    ),
    "too_large": (
        QT_TRANSLATE_NOOP("problems", "Message too large"),
        QT_TRANSLATE_NOOP("problems", "The message has {size} bytes; {limit} are allowed."),
        QT_TRANSLATE_NOOP("problems", "Send it in smaller parts."),
    ),
    "too_late": (
        QT_TRANSLATE_NOOP("problems", "Too late"),
        QT_TRANSLATE_NOOP("problems", "Second {at} has passed; it is {now} now."),
        QT_TRANSLATE_NOOP("problems", "Give a second that is still to come."),
    ),
    "version": (
        QT_TRANSLATE_NOOP("problems", "Versions do not match"),
        QT_TRANSLATE_NOOP(
            "problems", "This side speaks version {ours} of the protocol, the other side version {theirs}."
        ),
        QT_TRANSLATE_NOOP(
            "problems", "Update Fairhour on this computer; what is recorded is kept and sent after the update."
        ),
    ),
    "which_job": (
        QT_TRANSLATE_NOOP("problems", "Which job?"),
        QT_TRANSLATE_NOOP("problems", "Several jobs match '{wanted}'."),
        QT_TRANSLATE_NOOP("problems", "Name one of these: {titles}."),
        QT_TRANSLATE_NOOP("problems", "No job matches '{wanted}'."),
    ),
}
