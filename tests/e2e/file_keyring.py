"""A keyring in a file, for the tracker's own process: PYTHON_KEYRING_BACKEND=tests.e2e.file_keyring.FileKeyring."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend

VARIABLE = "FAIRHOUR_TEST_KEYRING"
SAYS = "FAIRHOUR_TEST_KEYRING_SAYS"
"""What it prints at each question, as some back ends do."""


class FileKeyring(KeyringBackend):
    """What it holds can be read by the test, at the path that the environment names."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        if said := os.environ.get(SAYS):
            print(said)
        return kept(Path(os.environ[VARIABLE])).get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        path = Path(os.environ[VARIABLE])
        path.write_text(json.dumps({**kept(path), f"{service}/{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        path = Path(os.environ[VARIABLE])
        left = kept(path)
        del left[f"{service}/{username}"]
        path.write_text(json.dumps(left))


def kept(path: Path) -> dict[str, str]:
    """Return everything that the keyring at ``path`` holds."""
    found: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return found
