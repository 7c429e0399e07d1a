"""What the environment and the home folder give."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

import marketplace
from marketplace.foundation import home, keys


def test_the_folder_comes_from_the_environment_or_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FAIRHOUR_MARKETPLACE_HOME", str(tmp_path / "here"))
    assert home.make_home() == tmp_path / "here"
    assert stat.S_IMODE((tmp_path / "here").stat().st_mode) == 0o700
    monkeypatch.delenv("FAIRHOUR_MARKETPLACE_HOME")
    assert home.home().name == "fairhour-marketplace"


def test_a_folder_that_is_there_is_closed_to_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "open"
    monkeypatch.setenv("FAIRHOUR_MARKETPLACE_HOME", str(folder))
    home.close_home()
    assert not folder.exists()
    folder.mkdir()
    folder.chmod(0o755)
    assert home.make_home() == folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_postgresql_address_becomes_settings_with_a_pool() -> None:
    got = home.postgresql("postgres://a%40b:s%2Fx@db.example.test:5433/fair?host=/run/pg&sslmode=require")
    assert (got["USER"], got["PASSWORD"], got["HOST"], got["PORT"]) == ("a@b", "s/x", "/run/pg", "5433")
    assert (got["NAME"], got["OPTIONS"]["sslmode"], got["CONN_MAX_AGE"]) == ("fair", "require", 0)
    assert "pool" in got["OPTIONS"]


@pytest.mark.parametrize("url", ["mysql://x/y", "postgres://x", "postgres://x/"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="FAIRHOUR_DATABASE_URL"):
        home.postgresql(url)


def test_the_environment_chooses_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAIRHOUR_DATABASE_URL", raising=False)
    assert home.database()["ENGINE"] == "marketplace.foundation.sqlite"
    monkeypatch.setenv("FAIRHOUR_DATABASE_URL", "postgres://localhost/x")
    assert home.database()["ENGINE"] == "django.db.backends.postgresql"


def test_names_are_split_and_trimmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRHOUR_ALLOWED_HOSTS", " a.example.test, ,b.example.test ")
    assert home.names("FAIRHOUR_ALLOWED_HOSTS") == ["a.example.test", "b.example.test"]


def test_every_variable_is_documented() -> None:
    root = Path(marketplace.__file__).parent
    files = [*root.glob("*.py"), *root.glob("foundation/*.py")]
    read = {name for path in files for name in re.findall(r"\bFAIRHOUR_[A-Z0-9_]+", path.read_text())}
    documented = (root.parent / "docs" / "operations.md").read_text()
    assert {name for name in read if f"`{name}" not in documented} == set()


class TestKeys:
    """Keys come from the environment or from 0600 files; reading makes none."""

    @pytest.fixture(autouse=True)
    def _forget(self) -> None:
        keys.secret_key.cache_clear()
        keys.signing_pem.cache_clear()

    def test_reading_makes_no_file_and_stays_the_same(self) -> None:
        assert keys.secret_key() == keys.secret_key()
        assert keys.signing_pem() == keys.signing_pem()
        assert list(home.home().iterdir()) == []

    def test_made_files_are_private_and_read_back(self) -> None:
        keys.make_keys(sample=True)
        files = {path.name: path for path in home.home().iterdir()}
        assert set(files) == {keys.SECRET_KEY_FILE, keys.SIGNING_KEY_FILE, keys.CONTROL_KEY_FILE}
        assert {stat.S_IMODE(path.stat().st_mode) for path in files.values()} == {0o600}
        assert keys.secret_key() == files[keys.SECRET_KEY_FILE].read_text()
        assert len(keys.control_key()) > 30
        before = keys.control_key()
        keys.make_keys(sample=True)
        assert keys.control_key() == before

    def test_the_environment_comes_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FAIRHOUR_SECRET_KEY", "from the environment")
        monkeypatch.setenv("FAIRHOUR_SIGNING_KEY", "pem")
        keys.make_keys(sample=False)
        assert list(home.home().iterdir()) == []
        assert (keys.secret_key(), keys.signing_pem()) == ("from the environment", "pem")

    def test_processes_that_must_share_keys_do_not_start_without(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(RuntimeError, match="FAIRHOUR_SECRET_KEY"):
            keys.require_shared()
        monkeypatch.setenv("FAIRHOUR_SECRET_KEY", "x")
        with pytest.raises(RuntimeError, match="FAIRHOUR_SIGNING_KEY"):
            keys.require_shared()
        keys.make_keys(sample=False)
        keys.require_shared()

    def test_a_private_file_is_never_written_over(self) -> None:
        keys.write_private(home.home() / "once", "1")
        with pytest.raises(FileExistsError):
            keys.write_private(home.home() / "once", "2")
