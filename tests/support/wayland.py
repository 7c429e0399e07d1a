"""Real Wayland desktops without a screen: sway and mutter, headless, as an ordinary user, with a D-Bus session each.

Packages: the group ``wayland`` of packaging/debian.txt, which no everyday test needs. `missing_for` names what is not
there. What runs on the desktop is started by ``Wayland.start`` as the same user, by an interpreter that it may read.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools import processes
from tests.support.unprivileged import as_ordinary_user, give_to_ordinary_user, is_root

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT_S = 30.0
SYSTEM_PYTHON = Path("/usr/bin/python3")

PROGRAMS = {
    "sway": ("sway", "swaymsg", "swaybg", "grim", "wtype", "dbus-daemon", "pipewire", "wireplumber"),
    "mutter": ("mutter", "dbus-daemon"),
}
PORTALS = tuple(Path("/usr/libexec", f"xdg-desktop-portal{name}") for name in ("", "-wlr", "-gtk"))

# Anybody may connect, so that a test can look on; programs are started by the bus as the ordinary user.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <standard_session_servicedirs/>
  <policy context="default">
    <allow user="*"/><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""

SWAY = """
xwayland disable
output * resolution 1920x1080
output HEADLESS-1 background #1f6f78 solid_color
output HEADLESS-2 background #6d28d9 solid_color
"""

# The portal, its back end and pipewire start each other, and on a busy machine wait for each other until D-Bus gives up
# after 25 s. On a desktop of one's own they have been running since the login.
WARM_UP = """
from capture import portal
from capture.wayland import bus_address
import os
portal.take_file(bus_address(os.environ), timeout_s=60).unlink()
"""


@dataclass(frozen=True)
class Wayland:
    """A running desktop; ``env`` makes programs appear on it, ``folder`` is its user's own."""

    name: str
    env: Mapping[str, str]
    folder: Path

    def start(
        self,
        *command: str,
        output: int | None = subprocess.DEVNULL,
        errors: int | None = None,
        changes: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a program on this desktop as its user, with ``changes`` to the environment; the caller stops it.

        ``errors``: where its standard error goes, ours when None.
        """
        return subprocess.Popen(
            as_ordinary_user(command),
            env={**self.env, **(changes or {})},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
        )

    def run(
        self,
        *command: str,
        changes: Mapping[str, str] | None = None,
        statuses: Sequence[int] = (0,),
        timeout_s: float = 60.0,
    ) -> str:
        """Run a program to its end, which must have one of the ``statuses``, and return what it printed."""
        done = subprocess.run(
            as_ordinary_user(command),
            env={**self.env, **(changes or {})},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            timeout=timeout_s,
            check=False,
        )
        assert done.returncode in statuses, f"{command}: {done.returncode}: {done.stdout}"
        return done.stdout


def missing_for(name: str) -> tuple[str, ...]:
    """What has to be installed before this desktop can run, as far as it is not."""
    wanted = [program for program in PROGRAMS[name] if shutil.which(program) is None]
    if name == "sway":
        wanted += [str(path) for path in PORTALS if not path.exists()]
    if python() is None:
        wanted.append("a python3 of this version that an ordinary user may read")
    return tuple(wanted)


def python() -> str | None:
    """An interpreter for the ordinary user: this one, else the system's where it is of the same version."""
    if not is_root() or _may_read(Path(sys.executable)):
        return sys.executable
    wanted = ".".join(map(str, sys.version_info[:2]))
    if not SYSTEM_PYTHON.exists():
        return None
    said = processes.output_of([str(SYSTEM_PYTHON), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
    return str(SYSTEM_PYTHON) if said.strip() == wanted else None


def _may_read(path: Path) -> bool:
    done = subprocess.run(as_ordinary_user([str(path), "-c", ""]), capture_output=True, check=False)
    return done.returncode == 0


@contextlib.contextmanager
def desktop(name: str) -> Iterator[Wayland]:
    """Run ``sway`` (two outputs, portal) or ``mutter`` (one) while the context lasts."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fairhour-wayland-")))
        give_to_ordinary_user(folder)
        env = _environment(folder)
        (folder / "bus.conf").write_text(BUS.format(folder=folder))
        # The bus hands its environment to what it starts: the portal must know the display that will be there.
        _start(stack, ["dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork", "--nopidfile"], env)
        assert processes.wait_until((folder / "bus").exists, START_TIMEOUT_S), "dbus-daemon did not start"
        {"sway": _sway, "mutter": _mutter}[name](stack, env, folder)
        socket = folder / env["WAYLAND_DISPLAY"]
        assert processes.wait_until(socket.exists, START_TIMEOUT_S), f"{name} did not start"
        yield Wayland(name, env, folder)


def _environment(folder: Path) -> dict[str, str]:
    packages = [path for path in sys.path if path.endswith("site-packages")]
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_SESSION_TYPE": "wayland",
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/bus",
        # No system bus: the machine's own must not be asked about the test's session.
        "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/no-system-bus",
        "PYTHONPATH": os.pathsep.join([str(ROOT), *packages]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "wayland",
        "GIO_USE_VFS": "local",
        "NO_AT_BRIDGE": "1",
    }


def _sway(stack: contextlib.ExitStack, env: dict[str, str], folder: Path) -> None:
    (folder / "sway.conf").write_text(SWAY)
    env.update(
        WAYLAND_DISPLAY="wayland-1",
        SWAYSOCK=str(folder / "sway.sock"),
        XDG_CURRENT_DESKTOP="sway",
    )
    own = {
        "WLR_BACKENDS": "headless",
        "WLR_HEADLESS_OUTPUTS": "2",
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "WLR_RENDERER": "pixman",
    }
    _start(stack, ["sway", "-c", str(folder / "sway.conf")], env | own)
    assert processes.wait_until((folder / "sway.sock").exists, START_TIMEOUT_S), "sway did not start"
    for program in ("pipewire", "wireplumber"):
        _start(stack, [program], env)
    _run(env, "dbus-update-activation-environment", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP", "SWAYSOCK")


def _mutter(stack: contextlib.ExitStack, env: dict[str, str], folder: Path) -> None:
    env.update(WAYLAND_DISPLAY="wayland-1", XDG_CURRENT_DESKTOP="GNOME")
    _start(
        stack,
        ["mutter", "--headless", "--no-x11", "--wayland-display=wayland-1", "--virtual-monitor", "1920x1080"],
        env,
    )


def _run(env: Mapping[str, str], *command: str) -> None:
    subprocess.run(as_ordinary_user(command), env=dict(env), capture_output=True, timeout=30, check=True)


def _start(stack: contextlib.ExitStack, command: Sequence[str], env: Mapping[str, str]) -> None:
    # Not by devtools.processes: the environment is the desktop's alone, without this process's.
    full = ["setpriv", "--pdeathsig", "TERM", "--", *as_ordinary_user(command)]
    log = (Path(env["XDG_RUNTIME_DIR"]) / f"{Path(command[0]).name}.log").open("wb")
    stack.callback(log.close)
    process = subprocess.Popen(
        full, env=dict(env), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
    )
    stack.callback(processes.stop, process)
