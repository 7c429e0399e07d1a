"""An installer's failure becomes one line; the samples are what pip and apt-get really print."""

import pytest

from devtools.diagnosis import explain

PIP_OFFLINE = """
WARNING: Retrying (Retry(total=1, connect=None, read=None, redirect=None, status=None)) after connection broken by
'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object>: Failed to establish a new connection:
[Errno -3] Temporary failure in name resolution')': /simple/click/
ERROR: Could not find a version that satisfies the requirement click==8.5.1 (from versions: none)
ERROR: No matching distribution found for click==8.5.1
"""
APT_OFFLINE = """
Err:1 http://mirror.example/debian bookworm InRelease
  Temporary failure resolving 'mirror.example'
W: Failed to fetch http://mirror.example/debian/dists/bookworm/InRelease  Temporary failure resolving 'mirror.example'
W: Some index files failed to download. They have been ignored, or old ones used instead.
"""
FULL = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"
APT_FULL = "E: You don't have enough free space in /var/cache/apt/archives/.\n"
LOCKED = "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt-get)\n"
HASHES = "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n"
ABSENT = "E: Unable to locate package trayer\n"


@pytest.mark.parametrize(
    ("output", "says"),
    [
        (PIP_OFFLINE, "No network while trying"),
        (APT_OFFLINE, "No network while trying"),
        (FULL, "No disk space left while trying"),
        (APT_FULL, "No disk space left while trying"),
        (LOCKED, "Another program is installing packages"),
        (HASHES, "not the file that was locked"),
        (ABSENT, "Your package sources lack a package"),
        ("much ado\nERROR: the reason\nand a trailer\n", "Stopped while trying: ERROR: the reason. Details: the.log"),
        ("only words", "Stopped while trying: only words. Details: the.log"),
        ("", "it said nothing."),
    ],
)
def test_a_known_reason_gets_its_line(output: str, says: str) -> None:
    line = explain(output, what="trying", log="the.log")
    assert says in line
    assert "\n" not in line
