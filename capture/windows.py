"""Windows: the virtual screen of all monitors through mss (GDI BitBlt with CAPTUREBLT)."""

from __future__ import annotations

from capture.mss_grab import grab_all
from capture.port import RawPicture
from worktime.errors import Problem


class WindowsSource:
    """All monitors of the desktop that this process belongs to. No permission is needed."""

    name = "windows"
    problem: Problem | None = None

    def grab(self) -> RawPicture:
        """Return all monitors in one picture. Raises FairhourError, for example while the secure desktop is shown."""
        return grab_all()
