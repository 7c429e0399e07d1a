"""The list of jobs that is kept for a start without the network."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import msgspec
import pytest

from tests.tracker_app.samples import job_list
from tracker_app.jobs_file import load_jobs, save_jobs


def test_the_list_comes_back_and_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "jobs.json"
    assert load_jobs(path) is None
    save_jobs(path, job_list())
    assert load_jobs(path) == job_list()
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"v": 9}'])
def test_what_is_of_no_use_is_no_list(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "jobs.json"
    path.write_bytes(content)
    assert load_jobs(path) is None


def test_a_disk_that_does_not_take_it_is_no_matter(tmp_path: Path) -> None:
    save_jobs(tmp_path / "gone" / "jobs.json", job_list())
    assert not (tmp_path / "gone").exists()


def test_the_same_list_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "jobs.json"
    save_jobs(path, job_list())
    first = path.stat().st_ino
    save_jobs(path, msgspec.structs.replace(job_list(), now=job_list().now + 15))
    assert path.stat().st_ino == first
    save_jobs(path, msgspec.structs.replace(job_list(), jobs=()))
    again = load_jobs(path)
    assert again is not None
    assert again.jobs == ()
