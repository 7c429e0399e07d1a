"""Where the frozen tracker begins."""

import multiprocessing
import sys

from capture import darkroom, pixels, quick
from sync import keyring_away

if __name__ == "__main__":
    # A child process of the frozen program starts here too.
    multiprocessing.freeze_support()
    if sys.argv[1:] == [keyring_away.ARGUMENT]:
        # Before the tracker is loaded: this process lives for a moment.
        sys.exit(keyring_away.main())
    if sys.argv[1:2] == [darkroom.ARGUMENT]:
        sys.exit(pixels.main(sys.argv[2:], quick.read))
    from tracker_app.main import main

    sys.exit(main())
