"""Where the frozen tracker begins."""

import os
import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["--darkroom"]:
        # As modules of their own, which the recipe makes them, and before anything else is loaded: this process lives
        # for one picture (capture/darkroom.py).
        import pixels
        import quick

        os._exit(pixels.main(sys.argv[2:], quick.read))

    import multiprocessing

    # A child process of the frozen program starts here too.
    multiprocessing.freeze_support()
    from sync import keyring_away

    if sys.argv[1:] == [keyring_away.ARGUMENT]:
        # Before the tracker is loaded: this process lives for a moment.
        sys.exit(keyring_away.main())
    from tracker_app.main import main

    sys.exit(main())
