"""The real tracker as a victim: ``python -m tests.harness.kill.tracked PIPE [PLANT]``; its journal tells."""

from __future__ import annotations

import sys

from tests.harness.kill.acknowledging import acknowledge
from tracker_app.main import main

if __name__ == "__main__":
    acknowledge(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
    sys.exit(main(["--hidden"]))
