"""The virtual environment follows the lock: made when it changed, left alone when not, one line when it can't be."""

import base64
import hashlib
import sys
import zipfile
from pathlib import Path

import pytest

from devtools import environment
from devtools.console import UserError

METADATA = {
    "tinywheel/__init__.py": "VALUE = 1\n",
    "tinywheel-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tinywheel\nVersion: 1.0\n",
    "tinywheel-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
}


def make_wheel(folder: Path) -> str:
    """A wheel of one module in `folder`; returns its line for a lock file."""
    path = folder / "tinywheel-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        record = []
        for name, text in METADATA.items():
            wheel.writestr(name, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record.append(f"{name},sha256={digest},{len(text)}")
        wheel.writestr("tinywheel-1.0.dist-info/RECORD", "\n".join([*record, "tinywheel-1.0.dist-info/RECORD,,"]))
    return f"tinywheel==1.0 \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A root of its own, with a lock and a project, no network and no pip settings of this machine."""
    for name, path in (
        ("ROOT", tmp_path),
        ("VENV", tmp_path / ".venv"),
        ("STAMP", tmp_path / ".venv" / "fairhour.json"),
        ("LOCK", tmp_path / "dev.txt"),
        ("PROJECT", tmp_path / "pyproject.toml"),
        ("LOG", tmp_path / "logs" / "setup.log"),
    ):
        monkeypatch.setattr(environment, name, path)
    monkeypatch.setattr("devtools.packages.ensure", lambda _: None)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    (tmp_path / "dev.txt").write_text(make_wheel(tmp_path))
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return tmp_path


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would be installed, without doing it."""
    done: list[str] = []

    def make(_: object) -> None:
        done.append("lock")
        environment.python().parent.mkdir(parents=True, exist_ok=True)
        environment.python().touch()

    monkeypatch.setattr(environment, "_make", make)
    monkeypatch.setattr(environment, "_pip", lambda arguments, _: done.append(arguments[-2]))
    return done


def test_the_lock_is_installed_with_its_hashes(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    environment._make({"python": "3"})
    found = list((place / ".venv").glob("**/site-packages/tinywheel/__init__.py"))
    assert len(found) == 1
    assert "Python packages: 1 of 1" in capsys.readouterr().out


def test_a_download_that_is_not_the_locked_one_is_refused(place: Path) -> None:
    (place / "dev.txt").write_text(f"tinywheel==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(UserError, match="not the file that was locked"):
        environment._make({"python": "3"})


@pytest.mark.usefixtures("place")
def test_a_second_start_installs_nothing(installs: list[str]) -> None:
    environment.ensure()
    assert installs == ["lock", "-e"]
    environment.ensure()
    assert installs == ["lock", "-e"]


def test_a_new_lock_means_a_new_environment(place: Path, installs: list[str]) -> None:
    environment.ensure()
    (place / "dev.txt").write_text("other==2 --hash=sha256:00\n")
    environment.ensure()
    assert installs == ["lock", "-e", "lock", "-e"]


def test_new_metadata_means_installing_only_ourselves(place: Path, installs: list[str]) -> None:
    environment.ensure()
    (place / "pyproject.toml").write_text("[project]\nname='x'\n")
    environment.ensure()
    assert installs == ["lock", "-e", "-e"]


@pytest.mark.usefixtures("place")
def test_a_damaged_stamp_means_a_new_environment(installs: list[str]) -> None:
    environment.ensure()
    environment.STAMP.write_text("{")
    environment.ensure()
    assert installs == ["lock", "-e", "lock", "-e"]


@pytest.mark.usefixtures("place")
def test_an_interrupted_set_up_is_begun_anew(installs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_pip", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.ensure()
    environment.ensure()
    assert installs == ["lock", "lock", "-e"]


@pytest.mark.usefixtures("place", "installs")
def test_no_disk_space_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1_000_000_000}))
    with pytest.raises(UserError, match=r"^Set-up needs 2.5 GB of disk space, 1.0 GB are free"):
        environment.ensure()


def test_where_nothing_new_is_downloaded_the_space_is_not_asked_for(
    place: Path, installs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ensure()
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 0}))
    environment.ensure()
    (place / "pyproject.toml").write_text("[project]\nname='x'\n")
    environment.ensure()
    assert installs == ["lock", "-e", "-e"]


@pytest.mark.usefixtures("place")
def test_no_network_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    # Port 9 of this machine: nobody listens, which is how an unreachable index looks to pip.
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setattr(environment, "python", lambda: Path(sys.executable))
    monkeypatch.setattr("devtools.environment.subprocess.run", lambda *_, **__: type("Done", (), {"returncode": 0}))
    with pytest.raises(UserError, match=r"^No network while installing Python packages"):
        environment._make({"python": "3"})


def test_without_ensurepip_the_reason_is_said(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = place / "python-without-venv"
    broken.write_text(
        "#!/bin/sh\necho 'Error: The virtual environment was not created: ensurepip is not available'\nexit 1\n"
    )
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "_base_executable", str(broken))
    with pytest.raises(UserError, match=r"Stopped while making the virtual environment: Error: .*ensurepip"):
        environment._make({"python": "3"})
    assert "ensurepip" in environment.LOG.read_text()
