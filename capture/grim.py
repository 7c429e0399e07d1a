"""grim, for wlroots compositors (sway, river, labwc) whose portal is missing: all outputs, nothing on the disk."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping

from capture import problems


def find(env: Mapping[str, str]) -> str | None:
    """Return the path of grim on the PATH of ``env``, or None."""
    return shutil.which("grim", path=env.get("PATH"))


def take(program: str, env: Mapping[str, str], *, timeout_s: float) -> bytes:
    """Return a PPM of all outputs. Raises FairhourError; ``timeout_s`` in seconds."""
    try:
        done = subprocess.run(
            # PPM: grim's PNG costs more CPU than everything that we do with the picture.
            [program, "-t", "ppm", "-"],
            env=dict(env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise problems.timed_out("grim did not finish within {seconds} s.", seconds=f"{timeout_s:g}") from error
    except OSError as error:
        raise problems.failed("grim could not be started ({detail}).", detail=error.strerror) from error
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip() or f"exit status {done.returncode}"
        raise problems.failed("grim took no picture ({detail}).", detail=said)
    return done.stdout
