"""When was the last input, and did the session lock, sleep or end: one file per system behind small ports.

``open_source()`` never fails: where the age of the last input can't be read it returns a source whose ``idle_ms()``
says why. What an age means (idle after 24 minutes, active seconds) is not decided here, and no key is ever seen here:
the optional counts are counts.
"""

from idle.choose import open_source
from idle.counts import Counts, InputCounts, examine_counts, open_counts
from idle.port import IdleSource
from idle.session import SessionEvent, SessionWatch, open_session_watch

__all__ = [
    "Counts",
    "IdleSource",
    "InputCounts",
    "SessionEvent",
    "SessionWatch",
    "examine_counts",
    "open_counts",
    "open_session_watch",
    "open_source",
]
