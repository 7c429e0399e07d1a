"""The part of ``problem_table`` about screenshots and what is hidden in them."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

_TIME_COUNTS = QT_TRANSLATE_NOOP("problems", "The time counts, but is not protected by a screenshot.")
_ALL_HIDDEN = QT_TRANSLATE_NOOP("problems", "Until then the whole screenshot is hidden.")

SCREENSHOTS: dict[str, tuple[object, ...]] = {
    "picture_other": (
        QT_TRANSLATE_NOOP("problems", "Not the picture that was sent"),
        QT_TRANSLATE_NOOP("problems", "What came from the marketplace is not the picture that this computer took."),
        QT_TRANSLATE_NOOP("problems", "Open it on the marketplace. If it is not your picture, report it there."),
    ),
    "capture_failed": (
        QT_TRANSLATE_NOOP("problems", "The screenshot failed"),
        (QT_TRANSLATE_NOOP("problems", "A picture of {width}x{height} does not fit in {limit} bytes."), _TIME_COUNTS),
        QT_TRANSLATE_NOOP(
            "problems", "Nothing now: the next slot is tried again. If it keeps happening, run: fairhour doctor"
        ),
        (QT_TRANSLATE_NOOP("problems", "The picture that the system took is larger than any screen."), _TIME_COUNTS),
        (QT_TRANSLATE_NOOP("problems", "The picture that the system took can't be read ({detail})."), _TIME_COUNTS),
        (
            QT_TRANSLATE_NOOP("problems", "The picture that the system took can't be understood ({detail})."),
            _TIME_COUNTS,
        ),
        (QT_TRANSLATE_NOOP("problems", "grim took no picture ({detail})."), _TIME_COUNTS),
        (QT_TRANSLATE_NOOP("problems", "grim could not be started ({detail})."), _TIME_COUNTS),
        (QT_TRANSLATE_NOOP("problems", "screencapture took no picture ({detail})."), _TIME_COUNTS),
        (QT_TRANSLATE_NOOP("problems", "The display system gave no picture ({detail})."), _TIME_COUNTS),
        (QT_TRANSLATE_NOOP("problems", "The desktop portal could not take the screenshot."), _TIME_COUNTS),
        (QT_TRANSLATE_NOOP("problems", "The desktop portal answered without a file ({detail})."), _TIME_COUNTS),
        (QT_TRANSLATE_NOOP("problems", "The desktop portal refused the request ({detail})."), _TIME_COUNTS),
        (QT_TRANSLATE_NOOP("problems", "The session bus was lost ({detail})."), _TIME_COUNTS),
    ),
    "capture_permission": (
        QT_TRANSLATE_NOOP("problems", "Screenshots are not allowed"),
        (QT_TRANSLATE_NOOP("problems", "macOS does not let Fairhour see other programs' windows."), _TIME_COUNTS),
        QT_TRANSLATE_NOOP(
            "problems",
            "Open System Settings, Privacy & Security, Screen Recording, switch Fairhour on and start it again.",
        ),
        (QT_TRANSLATE_NOOP("problems", "The desktop refused the screenshot."), _TIME_COUNTS),
        QT_TRANSLATE_NOOP("problems", "Allow screenshots for Fairhour in the privacy settings of your desktop."),
    ),
    "capture_timeout": (
        QT_TRANSLATE_NOOP("problems", "The screenshot took too long"),
        (QT_TRANSLATE_NOOP("problems", "grim did not finish within {seconds} s."), _TIME_COUNTS),
        QT_TRANSLATE_NOOP(
            "problems",
            "If the system asks whether Fairhour may take screenshots, allow it. The next slot is tried again.",
        ),
        (QT_TRANSLATE_NOOP("problems", "screencapture did not finish within {seconds} s."), _TIME_COUNTS),
        (
            QT_TRANSLATE_NOOP(
                "problems", "The desktop portal did not answer within {seconds} s; it may be asking you for permission."
            ),
            _TIME_COUNTS,
        ),
    ),
    "capture_unavailable": (
        QT_TRANSLATE_NOOP("problems", "Screenshots are not possible here"),
        (
            QT_TRANSLATE_NOOP("problems", "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set."),
            _TIME_COUNTS,
        ),
        QT_TRANSLATE_NOOP("problems", "Start Fairhour from within your desktop session."),
        (QT_TRANSLATE_NOOP("problems", "CoreGraphics can't be loaded ({detail})."), _TIME_COUNTS),
        QT_TRANSLATE_NOOP("problems", "Update macOS."),
        (
            QT_TRANSLATE_NOOP(
                "problems",
                "This Wayland desktop offers no way to take a picture ({detail}), and grim is not installed.",
            ),
            _TIME_COUNTS,
        ),
        QT_TRANSLATE_NOOP(
            "problems",
            "Install xdg-desktop-portal with the back end of your desktop (-gnome, -kde or -wlr); on sway, grim.",
        ),
    ),
    "hiding_layout": (
        QT_TRANSLATE_NOOP("problems", "Your screens have changed"),
        (
            QT_TRANSLATE_NOOP("problems", "An area or a monitor was chosen while the screens stood in another way."),
            _ALL_HIDDEN,
        ),
        QT_TRANSLATE_NOOP("problems", "Choose it again under “What is hidden”."),
    ),
    "hiding_rules": (
        QT_TRANSLATE_NOOP("problems", "What to hide can't be read"),
        QT_TRANSLATE_NOOP(
            "problems", "{file} is damaged. Whole screenshots are hidden, so that nothing private is shown."
        ),
        QT_TRANSLATE_NOOP("problems", "Choose anew under “What is hidden”."),
    ),
    "hiding_unsaved": (
        QT_TRANSLATE_NOOP("problems", "What to hide could not be kept"),
        QT_TRANSLATE_NOOP("problems", "{file} can't be written ({detail}). It holds until Fairhour ends."),
        QT_TRANSLATE_NOOP("problems", "Make room on the disk, then change something under “What is hidden”."),
    ),
    "hiding_windows": (
        QT_TRANSLATE_NOOP("problems", "Windows can't be told apart"),
        (QT_TRANSLATE_NOOP("problems", "Wayland does not tell programs which windows are open."), _ALL_HIDDEN),
        QT_TRANSLATE_NOOP(
            "problems",
            "Under “What is hidden”, choose areas, or blur the whole picture, instead of programs and titles.",
        ),
        (QT_TRANSLATE_NOOP("problems", "There is no display."), _ALL_HIDDEN),
        (QT_TRANSLATE_NOOP("problems", "The list of windows could not be read ({detail})."), _ALL_HIDDEN),
        (QT_TRANSLATE_NOOP("problems", "The window manager does not list its windows."), _ALL_HIDDEN),
        (QT_TRANSLATE_NOOP("problems", "macOS gave no list of windows."), _ALL_HIDDEN),
    ),
}
