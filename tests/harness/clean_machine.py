"""A command in a clean clone on a machine that has nothing: Debian 12 with Python and pip, made by debootstrap.

    python -m tests.harness.clean_machine [--keep] -- python3 dev.py setup

Needs root and debootstrap. The machine reaches the same registries as this one: its mirror, pip settings, proxies and
certificates are copied; nothing else of this machine is seen. Mounts live in a mount namespace of their own and
programs in a process namespace, so that both are gone when the command ends, however it ends. The last line is JSON:
the exit status and the wall times in seconds.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUITE = "bookworm"
INCLUDE = "python3,python3-pip,ca-certificates"
HOME = "root"
CLONE = "root/fairhour"
PASSED_ON = re.compile(r"^(PIP_.*|.*_proxy|.*_PROXY|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|TERM)$")
COPIED = (
    "etc/hosts",
    "etc/resolv.conf",
    "etc/pip.conf",
    "etc/apt/sources.list",
    "etc/ssl/certs/ca-certificates.crt",
)

# $1: the machine's root. $2: the working folder in it. Until "--": folders of this machine to show. Then the command.
INSIDE = """
root=$1; folder=$2; shift 2
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t sysfs -o ro sysfs "$root/sys"
while [ "$1" != -- ]; do
    mkdir -p "$root$1"; mount --bind -o ro "$1" "$root$1"; shift
done
shift
exec chroot "$root" /usr/bin/env --chdir="$folder" "$@"
"""


def mirror(sources: str) -> str | None:
    """The first Debian mirror that an apt source list names, in the one-line or the deb822 form."""
    found = re.search(r"^(?:URIs:|deb(?:\s+\[[^\]]*\])?)\s+(\S+)", sources, re.MULTILINE)
    return found.group(1) if found else None


def local_folders(texts: Iterable[str]) -> tuple[str, ...]:
    """Folders of this machine that pip settings name as indexes or places to find packages."""
    words = {word.removeprefix("file://").rstrip("/") for text in texts for word in re.split(r"[\s=,]+", text)}
    return tuple(sorted({_top(word) for word in words if word.startswith("/") and Path(word).is_dir()}))


def passed_on(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables that say how to reach the registries."""
    return {name: value for name, value in environ.items() if PASSED_ON.match(name)}


def run_clean(command: Sequence[str], *, keep: bool) -> int:
    """Make the machine, run the command in a clean clone there, print the figures; returns the command's status."""
    folder = Path(tempfile.mkdtemp(prefix="fairhour-machine-"))
    # It becomes the machine's root folder, which everybody must be able to enter.
    folder.chmod(0o755)
    try:
        began = time.monotonic()
        _bootstrap(folder)
        _configure(folder)
        _clone(folder)
        made = time.monotonic()
        status = subprocess.run(_inside(folder, command), check=False).returncode
        ended = time.monotonic()
    finally:
        if keep:
            print(f"Kept: {folder}", flush=True)
        else:
            # --one-file-system: should a mount be left after all, nothing behind it is touched.
            subprocess.run(["rm", "-rf", "--one-file-system", str(folder)], check=True)
    figures = {"command": " ".join(command), "status": status}
    print(json.dumps({**figures, "machine_s": round(made - began), "command_s": round(ended - made)}), flush=True)
    return status


def _bootstrap(folder: Path) -> None:
    print("Making a clean Debian machine ...", flush=True)
    sources = "".join(path.read_text() for path in _apt_sources())
    command = ["debootstrap", "--variant=minbase", f"--include={INCLUDE}", SUITE, str(folder)]
    if place := mirror(sources):
        command.append(place)
    log = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if log.returncode != 0:
        raise SystemExit(f"debootstrap failed:\n{log.stdout[-2000:]}")


def _apt_sources() -> list[Path]:
    places = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    return [path for path in places if path.suffix in {".list", ".sources"} and path.is_file()]


def _configure(folder: Path) -> None:
    """How this machine reaches its registries, and not a word more."""
    settings = [path for path in Path("/etc/apt/apt.conf.d").glob("*") if "Acquire::" in path.read_text()]
    authorities = [path for path in Path("/usr/local/share/ca-certificates").glob("**/*.crt") if path.is_file()]
    named = [Path("/", name) for name in COPIED]
    for path in [*named, *_apt_sources(), *settings, *authorities]:
        if path.is_file():
            _copy(path, folder / path.relative_to("/"))
    for name in (".config/pip/pip.conf", ".pip/pip.conf"):
        if (own := Path.home() / name).is_file():
            _copy(own, folder / HOME / name)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    shutil.copyfile(source, target)


def _clone(folder: Path) -> None:
    subprocess.run(["git", "clone", "-q", "--no-local", str(ROOT), str(folder / CLONE)], check=True)
    if subprocess.run(["git", "-C", str(ROOT), "diff", "--quiet", "HEAD"], check=False).returncode != 0:
        print("The checkout has changes that are not committed: the clean machine doesn't see them.", flush=True)


def _inside(folder: Path, command: Sequence[str]) -> list[str]:
    environ = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": f"/{HOME}",
        "LANG": "C.UTF-8",
        **passed_on(os.environ),
    }
    configs = [
        path.read_text() for path in (folder / "etc/pip.conf", folder / HOME / ".config/pip/pip.conf") if path.is_file()
    ]
    shown = local_folders([*configs, *(value for name, value in environ.items() if name.startswith("PIP_"))])
    return [
        *("unshare", "--mount", "--pid", "--fork", "--kill-child"),
        *("sh", "-ec", INSIDE, "clean_machine", str(folder), f"/{CLONE}", *shown, "--"),
        *("-i", *(f"{name}={value}" for name, value in environ.items()), *command),
    ]


def _top(folder: str) -> str:
    """An index's files often lie beside it: show the folder above, but never a whole top-level directory."""
    above = str(Path(folder).parent)
    return above if above.count("/") > 1 else folder


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.harness.clean_machine")
    parser.add_argument("--keep", action="store_true", help="leave the machine's folder in place")
    parser.add_argument("command", nargs="+", help="what to run in the clone, after --")
    options = parser.parse_args()
    for program in ("debootstrap", "unshare", "git"):
        if shutil.which(program) is None:
            raise SystemExit(f"{program} is needed for a clean machine")
    if os.geteuid() != 0:
        raise SystemExit("a clean machine needs root: debootstrap and chroot do")
    return run_clean(options.command, keep=options.keep)


if __name__ == "__main__":
    sys.exit(main())
