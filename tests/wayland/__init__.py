"""Tests on real Wayland desktops without a screen: sway with its portal, and Mutter.

    python3 dev.py test -m wayland tests/wayland

They need the group ``wayland`` of packaging/debian.txt, some 130 MB that nothing else does: without it they are
skipped and say so, and the everyday tests leave them out. The desktops are made by ``tests.support.wayland``.
"""
