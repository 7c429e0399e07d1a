"""``python -m tracker_app``."""

import sys

from tracker_app.main import main

if __name__ == "__main__":
    sys.exit(main())
