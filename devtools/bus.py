"""A D-Bus session of one's own that starts nothing by itself: for the virtual desktop and for tests (Linux only)."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from devtools import processes
from devtools.console import UserError

START_TIMEOUT_S = 20.0

# No service directories: what runs must not depend on the portals and keyrings that happen to be installed, and the
# document portal would leave a mount behind.
_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


@contextlib.contextmanager
def private_bus(env: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run a bus while the context lasts, with `env` laid over the environment; gives its address. Raises UserError."""
    with tempfile.TemporaryDirectory(prefix="fairhour-bus-", ignore_cleanup_errors=True) as folder:
        config = Path(folder, "bus.conf")
        config.write_text(_CONFIG.format(folder=folder))
        reading, writing = os.pipe()
        try:
            process = processes.start(
                ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", f"--print-address={writing}"],
                env=env,
                pass_fds=[writing],
            )
        finally:
            os.close(writing)
        try:
            address = processes.read_line(reading, START_TIMEOUT_S)
            if not address:
                raise UserError("dbus-daemon did not start; run it by hand to see why.")
            yield address
        finally:
            os.close(reading)
            processes.stop(process)
