"""Where the frozen tracker begins."""

import multiprocessing
import sys

from tracker_app.main import main

if __name__ == "__main__":
    # A child process of the frozen program starts here too.
    multiprocessing.freeze_support()
    sys.exit(main())
