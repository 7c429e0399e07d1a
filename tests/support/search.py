"""How long property tests search, and where from.

The everyday run makes the same search each time, so that what is green here is green there. ``FAIRHOUR_SEARCH=N``
searches somewhere else each time and N times as long: for whoever changes a rule, and for a quiet night.
"""

import os

TIMES = int(os.environ.get("FAIRHOUR_SEARCH", "0"))


def examples(number: int) -> int:
    """Return how many examples to try where the everyday run tries ``number``."""
    return number * max(1, TIMES)


REPEATED = TIMES == 0
"""Whether each run makes the same search."""
