"""A picture of all screens: grabbed through one port, encoded small, and nothing in the file but the picture.

One file per display system stands behind `ScreenSource`; `open_source()` picks one at run time and never fails: where
no picture can be had it returns a source whose `grab()` says why. What a picture means for a slot, when it is taken
and where it is kept is not decided here. Everything heavy (mss, Pillow, D-Bus) is imported at first use.
"""

from capture.choose import open_source, warm_up
from capture.examine import examine
from capture.memory import give_back as give_memory_back
from capture.port import RawPicture, ScreenSource, Shot
from capture.problems import no_picture
from capture.shots import develop, encode, grab, take

__all__ = [
    "RawPicture",
    "ScreenSource",
    "Shot",
    "develop",
    "encode",
    "examine",
    "give_memory_back",
    "grab",
    "no_picture",
    "open_source",
    "take",
    "warm_up",
]
