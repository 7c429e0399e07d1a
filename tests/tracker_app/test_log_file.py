"""The log: it rotates, and what was planted in it is not found there."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker_app import log_file
from worktime.errors import failure

SECRETS = ("hunter2", "s3cr3t", "eyJhbGciOiJub25lIn0.eyJzdWIiOiI3In0.sig", "refresh-0815")
WRITTEN = ("the comment about Mr. Planted", "Planted title", "Planted client")
log = logging.getLogger("tests.planted")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.INFO)
    log_file.begin(tmp_path)
    yield tmp_path
    log_file.end()
    root.setLevel(level)


def text(home: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in log_file.files(home))


def refused() -> Exception:
    """A problem whose sentences repeat what people wrote."""
    return failure("which_job", "Planted title", "No job matches '{wanted}'.", "Ask Planted client.", wanted=WRITTEN[0])


def test_planted_secrets_and_comments_are_not_in_the_log(home: Path) -> None:
    log.info("asked with Authorization: Bearer %s", SECRETS[1])
    log.info("GET http://name:hunter2@proxy.example:3128/ failed")
    log.info("GET /callback?code=%s&state=s3cr3t", SECRETS[0])
    log.warning("got %s", {"refresh_token": SECRETS[3], "expires_in": 300})
    log.warning('got {"access_token": "hunter2", "id_token": "%s"}', SECRETS[2])
    log.info("a token: %s", SECRETS[2])
    log.info("named %(what)s", {"what": refused()})
    log.warning("refused: %s", refused())
    log.warning("refused: %s", getattr(refused(), "problem"))  # noqa: B009 - its type is an Exception's here
    log.error(ValueError(WRITTEN[0]))
    try:
        try:
            raise ValueError(WRITTEN[0])
        except ValueError as error:
            raise refused() from error
    except Exception:  # the way that parts of the tracker log what they can't deal with
        log.exception("a tick failed")
    said = text(home)
    assert [word for word in (*SECRETS, *WRITTEN) if word in said] == []
    assert said.count("which_job") == 4, "what happened is told all the same"
    assert "ValueError" in said
    assert "in test_planted_secrets_and_comments_are_not_in_the_log" in said
    assert "expires_in" in said


def test_errors_of_system_and_program_are_told_in_their_own_words(home: Path) -> None:
    log.info("%s %s", FileNotFoundError(2, "No such file or directory"), AttributeError("no attribute 'x'"))
    log.info("in %s/there", Path.home())
    assert "FileNotFoundError (No such file or directory) AttributeError: no attribute 'x'" in text(home)
    assert "in ~/there" in text(home)


def test_it_rotates_and_is_the_owner_s_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_file, "MAX_BYTES", 2000)
    for number in range(200):
        log.info("line %d of many that make the file too long", number)
    files = log_file.files(home)
    assert len(files) == 1 + log_file.KEPT
    assert sum(path.stat().st_size for path in files) <= 4 * 2200, "each is full with the line that reaches its size"
    assert "line 199 " in files[0].read_text()
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)


def test_a_file_that_can_not_be_set_aside_is_written_on(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(_path: Path, _target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(log_file, "MAX_BYTES", 1)
    monkeypatch.setattr(Path, "replace", held)
    for number in range(3):
        log.info("line %d", number)
    assert len(log_file.files(home)) == 1
    monkeypatch.undo()
    log.info("line 3")
    assert "line 3" in text(home)


def test_a_log_that_can_not_be_opened_anew_is_opened_later(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_arguments: object) -> int:
        raise OSError(24, "Too many open files")

    log.info("a line")
    with monkeypatch.context() as patch:
        patch.setattr(log_file, "MAX_BYTES", 1)
        patch.setattr(os, "open", none_left)
        for _ in range(3):
            log.info("lost, and nobody is the worse for it")
    log.info("here again")
    assert "here again" in text(home)
    assert "lost" not in text(home)


def test_a_disk_that_does_not_take_the_log_is_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / log_file.FOLDER).write_text("in the way")
    log_file.begin(tmp_path)
    assert not any(isinstance(each, log_file._OwnersFile) for each in logging.getLogger().handlers)
    (tmp_path / log_file.FOLDER).unlink()
    log_file.begin(tmp_path)
    (handler,) = (each for each in logging.getLogger().handlers if isinstance(each, log_file._OwnersFile))

    def full(_text: str) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(handler.stream, "write", full, raising=False)
    log.warning("not written, and nobody is the worse for it")
    log_file.end()
