"""Plain window frames in the look's colours: openbox's own are blue, and say nothing about the product."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from devtools import processes
from ui.tokens import Colours

TIMEOUT_S = 10.0

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme>
    <name>plain</name>
    <titleLayout>NLIMC</titleLayout>
    <font place="ActiveWindow"><name>sans</name><size>9</size><weight>bold</weight></font>
    <font place="InactiveWindow"><name>sans</name><size>9</size><weight>bold</weight></font>
  </theme>
  <applications>
    <application title="Fairhour"><position force="yes"><x>center</x><y>center</y></position></application>
  </applications>
</openbox_config>
"""
_LOOK = """
border.width: 1
padding.width: 8
padding.height: 5
window.handle.width: 0
window.client.padding.width: 0
window.label.text.justify: center
*.border.color: {line}
*.title.bg: flat solid
*.title.bg.color: {surface}
*.label.bg: parentrelative
*.label.text.color: {ink}
*.button.*.bg: flat solid
*.button.*.bg.color: {surface}
*.button.*.image.color: {muted}
"""


@contextlib.contextmanager
def window_frames(colours: Colours) -> Iterator[None]:
    """Let a window manager with frames in these colours take the display over, until the context ends.

    It shows Fairhour's windows in the middle, where all of them can be seen.
    """
    with tempfile.TemporaryDirectory(prefix="fairhour-frames-") as name:
        folder = Path(name)
        theme = folder / "themes" / "plain" / "openbox-3"
        theme.mkdir(parents=True)
        (theme / "themerc").write_text(_LOOK.format(**vars(colours)))
        (folder / "rc.xml").write_text(_SETTINGS)
        before = _manager()
        command = ["openbox", "--replace", "--sm-disable", "--config-file", str(folder / "rc.xml")]
        process = processes.start(command, env={"XDG_DATA_HOME": name})
        try:
            taken = processes.wait_until(lambda: _manager() not in ("", before), TIMEOUT_S)
            assert taken, "openbox did not take the display over"
            yield
        finally:
            processes.stop(process)
            # The display notices a moment later; whoever follows must not take this one's sign for its own.
            processes.wait_until(lambda: not _manager(), TIMEOUT_S)


def _manager() -> str:
    """The window by which the display's window manager shows that it runs; empty when there is none.

    The root keeps naming that window after it is gone, and the next manager may get the same number for its own.
    """
    name = "_NET_SUPPORTING_WM_CHECK"
    number = processes.output_of(["xprop", "-root", name]).partition("# ")[2].strip()
    there = number and f"window id # {number}" in processes.output_of(["xprop", "-id", number, name])
    return number if there else ""
