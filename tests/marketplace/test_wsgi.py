"""The WSGI application: what it refuses to start with, and who can read the files that it makes."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

KEYS = {"FAIRHOUR_SECRET_KEY": "x" * 50, "FAIRHOUR_SIGNING_KEY": "pem"}
MAIL = "from django.core.mail import send_mail; send_mail('Reset', 'link', None, ['client@example.test'])"


def python(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FAIRHOUR_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, *arguments],
        env={**kept, "FAIRHOUR_MARKETPLACE_HOME": str(home), **KEYS, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_starts_neither_with_sample_accounts_nor_in_the_sample_mode_nor_by_another_clock(tmp_path: Path) -> None:
    assert python(tmp_path, "-m", "marketplace", "sample", FAIRHOUR_SAMPLE="1").returncode == 0
    refused: tuple[tuple[dict[str, str], str], ...] = (
        ({}, "sample_accounts: "),
        ({"FAIRHOUR_SAMPLE": "1"}, "sample_wsgi: "),
        ({"FAIRHOUR_CLOCK": "1:2:60"}, "clock_in_earnest: "),
    )
    for environment, told in refused:
        done = python(tmp_path, "-c", "import marketplace.wsgi", **environment)
        assert done.returncode == 1
        assert told in done.stderr.splitlines()[-1]


def test_its_files_are_the_owners_alone(tmp_path: Path) -> None:
    assert python(tmp_path, "-m", "marketplace", "migrate").returncode == 0
    tmp_path.chmod(0o755)
    done = python(tmp_path, "-c", f"import os; os.umask(0o022); import marketplace.wsgi; {MAIL}")
    assert done.returncode == 0, done.stderr
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path, tmp_path / "mail", *tmp_path.glob("mail/*"))]
    assert modes == [0o700, 0o700, 0o600]
