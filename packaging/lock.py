"""Make the locks anew from pyproject.toml: `python packaging/lock.py [--upgrade]`, in .venv and with network.

One lock serves all systems and Pythons (universal), holds hashes and no address of any index. Versions stay as they are
unless pyproject.toml forbids them; `--upgrade` takes the newest that it allows.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"
LOCKS = {
    "desktop": ("desktop", "counts"),
    "marketplace": ("marketplace",),
    "dev": ("dev",),
    "benchmarks": ("dev", "benchmarks"),
}
FORM = (
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
)


def compile_lock(name: str, extras: tuple[str, ...], *, upgrade: bool) -> None:
    """Write locks/NAME.txt; CalledProcessError when the requirements contradict each other."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", *FORM, "--python-version", OLDEST_PYTHON]
    command += ["--override", "locks/overrides.txt"]
    for extra in extras:
        command += ["--extra", extra]
    command += [*(["--upgrade"] if upgrade else []), "pyproject.toml", "--output-file", f"locks/{name}.txt"]
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Make the locks anew from pyproject.toml.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows")
    options = parser.parse_args()
    for name, extras in LOCKS.items():
        compile_lock(name, extras, upgrade=options.upgrade)
        print(f"locks/{name}.txt")


if __name__ == "__main__":
    main()
