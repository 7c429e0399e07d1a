"""The part of ``problem_table`` about what can be set, in the window or by the environment."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

SETTINGS: dict[str, tuple[object, ...]] = {
    "autostart_home": (
        QT_TRANSLATE_NOOP("problems", "Not this Fairhour"),
        QT_TRANSLATE_NOOP("problems", "It was started with FAIRHOUR_HOME; at login it would work in another folder."),
        QT_TRANSLATE_NOOP("problems", "Start Fairhour without that variable, or have a script of yours start it."),
    ),
    "autostart_long": (
        QT_TRANSLATE_NOOP("problems", "Start at login is not possible from here"),
        QT_TRANSLATE_NOOP(
            "problems", "Windows takes no more than {limit} characters for what it starts, and Fairhour lies too deep."
        ),
        QT_TRANSLATE_NOOP("problems", "Move Fairhour into a folder with a shorter path."),
    ),
    "autostart_unwritable": (
        QT_TRANSLATE_NOOP("problems", "Start at login could not be changed"),
        QT_TRANSLATE_NOOP("problems", "{what} can't be written ({detail})."),
        QT_TRANSLATE_NOOP("problems", "Check that it belongs to you, and try again."),
    ),
    "data_folder_gone": (
        QT_TRANSLATE_NOOP("problems", "Your data folder is not there"),
        QT_TRANSLATE_NOOP("problems", "It was moved to {folder}, and there is no such folder now."),
        QT_TRANSLATE_NOOP("problems", "Connect the disk that it is on, and start Fairhour again."),
    ),
    "hotkeys_failed": (
        QT_TRANSLATE_NOOP("problems", "The keys could not be had"),
        QT_TRANSLATE_NOOP("problems", "The display system did not give them ({detail})."),
        QT_TRANSLATE_NOOP("problems", "Choose them again."),
    ),
    "hotkeys_taken": (
        QT_TRANSLATE_NOOP("problems", "These keys are taken"),
        QT_TRANSLATE_NOOP("problems", "{keys} belong to another program or to the desktop."),
        QT_TRANSLATE_NOOP("problems", "Choose others."),
    ),
    "hotkeys_unavailable": (
        QT_TRANSLATE_NOOP("problems", "Keys for every program are not possible here"),
        QT_TRANSLATE_NOOP("problems", "On macOS Fairhour takes no keys for itself yet."),
        QT_TRANSLATE_NOOP("problems", "Wayland lets no program take keys that work in every program."),
        QT_TRANSLATE_NOOP("problems", "There is no display."),
        QT_TRANSLATE_NOOP(
            "problems",
            "Have the keyboard settings of your desktop run a command: fairhour toggle, or fairhour private.",
        ),
    ),
    "hotkeys_unknown": (
        QT_TRANSLATE_NOOP("problems", "No such keys"),
        QT_TRANSLATE_NOOP("problems", "This keyboard has no {keys}."),
        QT_TRANSLATE_NOOP("problems", "Choose others."),
    ),
    "private_minutes": (
        QT_TRANSLATE_NOOP("problems", "Minutes not understood"),
        QT_TRANSLATE_NOOP("problems", "'{minutes}' is no length of a private pause; it can be 1 to {most} minutes."),
        QT_TRANSLATE_NOOP("problems", "Correct it and try again."),
    ),
    "task_broken": (
        QT_TRANSLATE_NOOP("problems", "The file could not be made"),
        QT_TRANSLATE_NOOP("problems", "Something went wrong inside Fairhour."),
        QT_TRANSLATE_NOOP(
            "problems", "Try again. If it happens again, start Fairhour anew: it then shows a report for support."
        ),
    ),
    "task_running": (
        QT_TRANSLATE_NOOP("problems", "One file at a time"),
        QT_TRANSLATE_NOOP("problems", "Another export or bundle is being made."),
        QT_TRANSLATE_NOOP("problems", "Wait until it is done, or cancel it."),
    ),
    "theme": (
        QT_TRANSLATE_NOOP("problems", "Theme not understood"),
        QT_TRANSLATE_NOOP("problems", "FAIRHOUR_THEME is '{theme}'; it can be {themes}."),
        QT_TRANSLATE_NOOP("problems", "Correct it and start Fairhour again."),
    ),
    "keep_days": (
        QT_TRANSLATE_NOOP("problems", "Days not understood"),
        QT_TRANSLATE_NOOP("problems", "FAIRHOUR_KEEP_DAYS is '{days}'; it can be 0 to {most}."),
        QT_TRANSLATE_NOOP("problems", "Correct it and start Fairhour again."),
    ),
    "hold_minutes": (
        QT_TRANSLATE_NOOP("problems", "Minutes not understood"),
        QT_TRANSLATE_NOOP("problems", "FAIRHOUR_HOLD_MINUTES is '{minutes}'; it can be 0 to {most}."),
        QT_TRANSLATE_NOOP("problems", "Correct it and start Fairhour again."),
    ),
    "language": (
        QT_TRANSLATE_NOOP("problems", "Language not understood"),
        QT_TRANSLATE_NOOP(
            "problems", "FAIRHOUR_LANGUAGE is '{language}'; it can be like de or pt_BR, or empty for the system's."
        ),
        QT_TRANSLATE_NOOP("problems", "Correct it and start Fairhour again."),
    ),
    "move_named": (
        QT_TRANSLATE_NOOP("problems", "FAIRHOUR_HOME names the data folder"),
        QT_TRANSLATE_NOOP("problems", "As long as that variable names it, it can't be moved from here."),
        QT_TRANSLATE_NOOP("problems", "End Fairhour, move the folder, and name the new place."),
    ),
    "move_recording": (
        QT_TRANSLATE_NOOP("problems", "Not while something is recorded"),
        QT_TRANSLATE_NOOP("problems", "The data folder can be moved when nothing is recorded or paused."),
        QT_TRANSLATE_NOOP("problems", "Press Stop, then move it."),
    ),
    "move_refused": (
        QT_TRANSLATE_NOOP("problems", "The data folder stays where it is"),
        QT_TRANSLATE_NOOP("problems", "{folder} and the data folder lie in each other."),
        QT_TRANSLATE_NOOP("problems", "{link} leads out of the data folder."),
        QT_TRANSLATE_NOOP("problems", "{folder} is not empty."),
        QT_TRANSLATE_NOOP("problems", "{folder} can't be written."),
        QT_TRANSLATE_NOOP("problems", "There is not enough room for it in {folder}."),
        QT_TRANSLATE_NOOP("problems", "{folder} can't be used ({detail})."),
        QT_TRANSLATE_NOOP("problems", "{folder} did not take it ({detail})."),
        QT_TRANSLATE_NOOP("problems", "Choose an empty folder on this computer's disk."),
    ),
    "no_file_manager": (
        QT_TRANSLATE_NOOP("problems", "The folder could not be opened"),
        QT_TRANSLATE_NOOP("problems", "This desktop opened nothing for {folder}."),
        QT_TRANSLATE_NOOP("problems", "Open it by hand."),
    ),
    "notice": (
        QT_TRANSLATE_NOOP("problems", "Notice not understood"),
        QT_TRANSLATE_NOOP("problems", "FAIRHOUR_NOTICE is '{notice}'; it can be {notices}."),
        QT_TRANSLATE_NOOP("problems", "Correct it and start Fairhour again."),
    ),
    "preferences_damaged": (
        QT_TRANSLATE_NOOP("problems", "Your settings can't be read"),
        QT_TRANSLATE_NOOP(
            "problems", "The file was damaged, and lies here now: {file}. Fairhour works as it does without it."
        ),
        QT_TRANSLATE_NOOP("problems", "Choose anew under “Settings”."),
    ),
    "preferences_odd": (
        QT_TRANSLATE_NOOP("problems", "Some settings can't be meant"),
        QT_TRANSLATE_NOOP("problems", "In {file} these were taken for the nearest that can: {names}."),
        QT_TRANSLATE_NOOP("problems", "Look through “Settings”; the next change there puts the file right."),
    ),
    "preferences_unsaved": (
        QT_TRANSLATE_NOOP("problems", "Your settings could not be kept"),
        QT_TRANSLATE_NOOP("problems", "{file} can't be written ({detail}). They hold until Fairhour ends."),
        QT_TRANSLATE_NOOP("problems", "Make room on the disk, then change a setting again."),
    ),
    "proxy_address": (
        QT_TRANSLATE_NOOP("problems", "Proxy not understood"),
        QT_TRANSLATE_NOOP("problems", "'{proxy}' is no address of a proxy; one looks like http://proxy.example:3128."),
        QT_TRANSLATE_NOOP("problems", "Correct it and try again."),
    ),
    "proxy_secret": (
        QT_TRANSLATE_NOOP("problems", "No password here"),
        QT_TRANSLATE_NOOP("problems", "A name and a password in the proxy's address would lie open in a file."),
        QT_TRANSLATE_NOOP(
            "problems", "Put the whole address into HTTPS_PROXY in your environment, and choose the system's proxy."
        ),
    ),
}
