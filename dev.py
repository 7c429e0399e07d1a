#!/usr/bin/env python3
"""The commands of the README: setup, run, test, screenshots. Standard library only.

This file must be readable by any Python 3, so that an old one is told which version is needed; what stands behind the
verbs is in devtools/.
"""

import sys

SUPPORTED = ((3, 11), (3, 12), (3, 13))


def main(arguments):
    """Run one verb; returns the exit status."""
    if sys.version_info[:2] not in SUPPORTED:
        found = f"{sys.version_info[0]}.{sys.version_info[1]} ({sys.executable})"
        sys.stderr.write(f"Fairhour needs Python 3.11, 3.12 or 3.13; this is {found}.\n")
        return 1
    # Imported late: it is written for the supported versions.
    from devtools import verbs

    return verbs.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
