"""One grab of all monitors by mss, for the systems where mss sees the real screen (X11, Windows, macOS).

Not for Wayland: on Xwayland mss reports success with an all-black picture, so `capture.choose` never comes here then.
"""

from __future__ import annotations

import importlib
import logging
import sys
import threading
import time
from types import ModuleType
from typing import Any

from capture import problems
from capture.port import RawPicture
from capture.rects import Rect

log = logging.getLogger(__name__)

TRIES = 2
_LINUX, _LEGACY = "mss.linux", "mss.linux.xlib"
_NAMES = "CFUNCTIONS PLAINMASK ZPIXMAP Display XErrorEvent XFixesCursorImage XImage XRRCrtcInfo XRRModeInfo"
_NAMES += " XRRScreenResources XWindowAttributes"
"""What mss's package for Linux has of its older way to X11, and does nothing with but pass it on."""
_loading = threading.Lock()
"""Nobody else must meet what stands there for a moment."""


def load() -> None:
    """Import what a grab needs. Raises ImportError. Thread-safe.

    Without mss's older way to X11, through Xlib: 8 ms of CPU, and 0.1 MB. Whoever wants it later gets it; where the
    package has more of it than these names, it is imported as it is.
    """
    import mss  # noqa: F401

    if sys.platform == "win32":
        importlib.import_module("mss.windows")
    elif sys.platform == "darwin":
        importlib.import_module("mss.darwin")
    else:
        with _loading:
            _load_linux()
        importlib.import_module(f"{_LINUX}.xshmgetimage")


def _load_linux() -> None:
    if _LINUX in sys.modules or _LEGACY in sys.modules:
        return
    absent = sys.modules[_LEGACY] = ModuleType(_LEGACY)
    vars(absent).update(dict.fromkeys(_NAMES.split()))
    try:
        importlib.import_module(_LINUX)
    except (ImportError, AttributeError, TypeError) as error:
        # Another mss, which does more with these names: it is imported whole, with what a grab needs.
        log.info("mss is loaded whole: %s", error)
        sys.modules.pop(_LINUX, None)
    finally:
        if sys.modules.get(_LEGACY) is absent:
            del sys.modules[_LEGACY]


def rehearse() -> None:
    """Load what a grab needs, and on X11 connect once, without grabbing: the C libraries are opened and bound to Python
    then, 8 ms of CPU. Raises ImportError; that there is no display is for the first grab to tell."""
    load()
    import mss
    from mss.exception import ScreenShotError

    if not sys.platform.startswith("linux"):
        return
    try:
        with mss.MSS():
            pass
    except (ScreenShotError, OSError) as error:
        log.info("there is nothing to grab from yet: %s", error)


def grab_all(**options: Any) -> RawPicture:
    """Return the union of all monitors. ``options`` go to ``mss.MSS()``. Raises FairhourError.

    A monitor that comes or goes between reading the layout and grabbing makes mss fail; the second try sees the new
    layout, because the object (which caches the layout and leaks descriptors when left open) lives for one grab only.
    """
    import mss

    cause: Exception
    for _ in range(TRIES):
        try:
            load()
            with mss.MSS(**options) as screens:
                layout = screens.monitors
                shot = screens.grab(layout[0])
            grabbed_ns = time.monotonic_ns()
            return RawPicture(
                # .raw is the buffer itself; .rgb and .bgra copy (13 ms and 4 ms at 1080p).
                pixels=shot.raw,
                width=shot.size.width,
                height=shot.size.height,
                layout="BGRX",
                monitors=max(1, len(layout) - 1),
                grabbed_ns=grabbed_ns,
                screens=tuple(_rect(monitor) for monitor in layout[1:]),
            )
        # The one edge where everything is caught: mss raises ScreenShotError, XError, OSError, AttributeError on macOS
        # versions without its symbol, and a bare AssertionError once the X server is gone.
        except Exception as error:  # noqa: BLE001
            cause = error
    detail = str(cause).strip() or type(cause).__name__
    raise problems.failed("The display system gave no picture ({detail}).", detail=detail) from cause


def _rect(monitor: Any) -> Rect:
    left, top = monitor["left"], monitor["top"]
    return Rect(left, top, left + monitor["width"], top + monitor["height"])
