"""How late idle is found: real input on a real desktop, the tracker's own recorder, an injected threshold, rate 1.

    python -m tests.harness.idle --on x11 --threshold 24
    python -m tests.harness.idle --on mutter        (packages: group wayland)
    python -m tests.harness.idle --on sway

The desktop is one of the harness's own. A watcher, a process on it, ticks a recorder as the tracker does: business
clock, ``idle``'s source, state machine; only journal and camera are stand-ins. Input is injected (xdotool, Mutter's
remote desktop, a virtual keyboard) for a while and then ends; both sides read the machine's one monotonic clock. Found
means: the recorder has paused as idle. More than 2 s after the threshold, or before it, exits 1. ``--plant slow-poll``
asks for the last input every 10 s and must exit 1, ``--plant touchy`` takes half the threshold and must too.

``desks`` makes the desktops and moves their input, ``watcher`` is the process on them.
"""
