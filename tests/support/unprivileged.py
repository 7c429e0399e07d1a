"""Running a program as an ordinary user when the tests run as root: PostgreSQL refuses root, sway dislikes it."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

USER = "nobody"


def is_root() -> bool:
    """Whether this process may do everything."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def as_ordinary_user(command: Sequence[str]) -> list[str]:
    """The command line that runs `command` without privileges; unchanged when we have none."""
    if not is_root():
        return [*command]
    setpriv = shutil.which("setpriv")
    assert setpriv, "setpriv (Debian: util-linux) is needed to leave root"
    return [setpriv, f"--reuid={USER}", f"--regid={_group()}", "--clear-groups", "--", *command]


def give_to_ordinary_user(folder: Path) -> None:
    """Let the ordinary user own an existing folder, not what is in it."""
    if is_root():
        # Not at the top: Windows has neither the module nor users to become, and imports this file.
        import pwd

        entry = pwd.getpwnam(USER)
        os.chown(folder, entry.pw_uid, entry.pw_gid)


def _group() -> str:
    import pwd

    return str(pwd.getpwnam(USER).pw_gid)
