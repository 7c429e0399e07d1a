"""The system packages of packaging/debian.txt: which are missing, and installing them where we may.

Only where apt-get exists; other systems get their programs by their own means, and a program that is missing there is
named by whatever needs it.
"""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence

from devtools.console import ROOT, Progress, UserError, say
from devtools.installer import Installer

LIST = ROOT / "packaging" / "debian.txt"
LOG = ROOT / ".fairhour" / "packages.log"
FREE_GB = 1.5
ON_DEMAND = ("wayland",)
"""Groups that are installed only for a verb that names them: whole desktops, which no everyday test needs."""
QUIET = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}


def groups(text: str) -> Mapping[str, tuple[str, ...]]:
    """Parse the list: `# group: what it is for` begins a group, every other line is a package."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        if line.startswith("# group:"):
            current = found.setdefault(line.split(":")[1].split()[0], [])
        elif line.strip() and not line.startswith("#"):
            current.append(line.split()[0])
    return {name: tuple(members) for name, members in found.items()}


def missing(wanted: Iterable[str]) -> tuple[str, ...]:
    """Those packages that neither are installed nor are provided by an installed one; sorted."""
    listed = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Package} ${Provides}\n"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    installed: set[str] = set()
    for line in listed.stdout.splitlines():
        if line.startswith("ii"):
            # "name other (= 1.2), third": newer releases rename libraries and provide the old name.
            installed.update(word.strip(",") for word in line.split()[1:] if not word.startswith(("(", "=")))
    return tuple(sorted(set(wanted) - installed))


def ensure(needed: Sequence[str]) -> None:
    """Install whatever of the list is missing when root; else name it.

    `needed` are the groups that the verb can't do without: a package missing there is a UserError for an ordinary user,
    others are a remark.
    """
    if shutil.which("apt-get") is None:
        return
    listed = groups(LIST.read_text())
    wanted = [group for group in listed if group not in ON_DEMAND or group in needed]
    absent = missing(name for group in wanted for name in listed[group])
    if not absent:
        return
    if is_root():
        _install(absent)
        return
    must = {name for group in needed if not _dispensable(group) for name in listed[group]}
    command = f"sudo apt-get install --no-install-recommends {' '.join(absent)}"
    if must.intersection(absent):
        raise UserError(f"System packages are missing. Install them, then start again: {command}")
    say(f"Some system packages are missing, for tests or the virtual desktop: {command}")


def is_root() -> bool:
    """Whether this process may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _dispensable(group: str) -> bool:
    """A Python with its own ensurepip (not Debian's) makes virtual environments without python3-venv."""
    return group == "python" and importlib.util.find_spec("ensurepip") is not None


def _install(absent: tuple[str, ...]) -> None:
    free = shutil.disk_usage("/").free / 1e9
    if free < FREE_GB:
        raise UserError(
            f"System packages need {FREE_GB} GB of disk space, {free:.1f} GB are free: free some and start again."
        )
    say(f"Installing system packages: {' '.join(absent)}")
    apt = Installer("installing system packages", LOG, counted=["Setting up "], env=QUIET)
    apt.run(["apt-get", "update", "-q"], Progress("package lists", 1))
    progress = Progress("system packages", len(_simulated(absent)) or len(absent))
    apt.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *absent], progress)
    if still := missing(absent):
        raise UserError(f"apt-get did not install {', '.join(still)}. Details: {LOG}")


def _simulated(absent: tuple[str, ...]) -> list[str]:
    """What apt would set up, dependencies included."""
    plan = subprocess.run(
        ["apt-get", "install", "-s", "--no-install-recommends", *absent],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **QUIET},
        check=False,
    )
    return [line for line in plan.stdout.splitlines() if line.startswith("Conf ")]
