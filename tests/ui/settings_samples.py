"""What the settings window shows: a usual state, and one in which much stands in the way."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from msgspec.structs import replace

from ui.settings_models import JobSetting, SettingsView, Task
from worktime.errors import make_problem

USUAL = SettingsView(
    languages=("de", "en"),
    jobs=(
        JobSetting(id=UUID(int=1), name="Acme: Website redesign"),
        JobSetting(id=UUID(int=2), name="Globex: Data import, monthly reports and everything around them", on=False),
        JobSetting(id=UUID(int=3), name="Initech: Support", offered=False),
    ),
    reminder=True,
    autostart=True,
    start_stop="Ctrl+Alt+R",
    folder=Path("/srv/people/sample/Fairhour"),
    folder_bytes=38_000_000,
    export=Task(file=Path("/srv/people/sample/Fairhour-export-2026-11-22-0616.zip")),
)
ODD = replace(
    USUAL,
    language="de",
    restart=True,
    notice="none",
    export=Task(share=37),
    picture_scale=50,
    proxy="http://proxy.example:3128",
    start_stop="",
    hotkeys_problem=make_problem(
        "hotkeys_wayland",
        "Keys for everywhere are not possible here",
        "Wayland lets no program take keys that work in every program.",
        "In your desktop's keyboard settings, give the command fairhour toggle the keys that you want.",
    ),
    fixed={"hold_s": "FAIRHOUR_HOLD_MINUTES", "theme": "FAIRHOUR_THEME"},
    problems={
        "proxy": make_problem(
            "proxy_address",
            "Proxy not understood",
            "'{proxy}' is no address of a proxy; one looks like http://proxy.example:3128.",
            "Correct it and try again.",
            proxy="two words",
        ),
        "": make_problem(
            "preferences_unsaved",
            "Your settings could not be kept",
            "{file} can't be written ({detail}). They hold until Fairhour ends.",
            "Make room on the disk, then change a setting again.",
            file="/srv/people/sample/Fairhour/preferences.json",
            detail="No space left on device",
        ),
    },
)
REPORT = """Fairhour 0.1.0, Python 3.11.7, Linux 6.1.0

2026-11-22T06:16:00+00:00 tracker_app.camera
Traceback (most recent call last):
  File "tracker_app/camera.py", line 205, in _run_grabs
    self._take(task)
  File "tracker_app/camera.py", line 229, in _take
    grabbed = self._hide(source)
RuntimeError
"""
