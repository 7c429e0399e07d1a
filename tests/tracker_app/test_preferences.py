"""What the user has chosen: kept whole, and understood whatever the file says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tracker_app import preferences
from tracker_app.addresses import proxy_address
from tracker_app.preferences import FILE, THEMES, Hotkeys, Notice, Preferences, PreferencesFile, language_of
from ui.theme import Choice
from worktime.errors import FairhourError, Problem

OTHER = Preferences(
    notice=Notice.QUIET,
    hold_s=0,
    keep_days=90,
    picture_scale=50,
    reminder=True,
    quiet_from=0,
    quiet_to=1439,
    language="pt_BR",
    theme="dark",
    proxy="http://proxy.example:3128",
    autostart=True,
    hotkeys=Hotkeys(start_stop="Ctrl+Alt+R", private="Meta+F9"),
)


def change_all(file: PreferencesFile) -> None:
    """Choose everything otherwise."""
    file.change(**{name: getattr(OTHER, name) for name in vars(OTHER)})


def code(problem: Problem | None) -> str:
    """What is wrong, "" for nothing."""
    return problem.code if problem is not None else ""


def test_without_a_file_everything_is_as_usual(tmp_path: Path) -> None:
    file = PreferencesFile(tmp_path)
    assert file.now == file.kept == Preferences()
    assert file.problem is None
    assert not (tmp_path / FILE).exists()
    assert list(THEMES) == [str(choice) for choice in Choice]


def test_what_was_chosen_is_there_after_the_next_start_for_the_owner_alone(tmp_path: Path) -> None:
    file = PreferencesFile(tmp_path)
    heard: list[Preferences] = []
    file.listen(heard.append)
    change_all(file)
    assert heard == [OTHER]
    again = PreferencesFile(tmp_path)
    assert again.now == OTHER
    assert again.problem is None
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert language_of(tmp_path) == "pt_BR"
    with pytest.raises(TypeError, match="no such preferences"):
        file.change(colour="pink")


def test_the_environment_is_stronger_and_is_not_kept(tmp_path: Path) -> None:
    file = PreferencesFile(tmp_path, {"hold_s": 600, "theme": "light"})
    file.change(hold_s=60, theme="dark", keep_days=3)
    assert (file.now.hold_s, file.now.theme, file.now.keep_days) == (600, "light", 3)
    assert PreferencesFile(tmp_path).now == replace(Preferences(), hold_s=60, theme="dark", keep_days=3)


def test_what_a_newer_version_wrote_stays(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"hold_s": 60, "smell": ["rose"], "hotkeys": {"private": "Alt+P", "dance": "Alt+D"}}')
    file = PreferencesFile(tmp_path)
    assert file.problem is None
    file.change(keep_days=5)
    raw = json.loads((tmp_path / FILE).read_bytes())
    assert raw["smell"] == ["rose"]
    assert raw["hotkeys"] == {"private": "Alt+P", "dance": "Alt+D", "start_stop": ""}
    assert (raw["hold_s"], raw["keep_days"]) == (60, 5)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'"' + b"[" * 100_000, b'{"a":' * 5_000])
def test_a_damaged_file_is_put_aside_and_told(tmp_path: Path, content: bytes) -> None:
    for number in (1, 2):
        (tmp_path / FILE).write_bytes(content)
        assert language_of(tmp_path) == ""
        file = PreferencesFile(tmp_path)
        assert file.now == Preferences()
        aside = tmp_path / f"preferences-damaged-{number}.json"
        assert aside.read_bytes() == content
        assert code(file.problem) == "preferences_damaged"
        assert file.problem is not None
        assert str(aside) in file.problem.message
    file.change(keep_days=1)
    assert code(file.problem) == ""
    assert PreferencesFile(tmp_path).now.keep_days == 1


def test_a_file_that_can_not_even_be_moved_is_told_of_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Path, _to: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    (tmp_path / FILE).write_bytes(b"{")
    monkeypatch.setattr(Path, "replace", refuse)
    file = PreferencesFile(tmp_path)
    assert file.problem is not None
    assert str(tmp_path / FILE) in file.problem.message


@pytest.mark.parametrize(
    ("name", "given", "taken"),
    [
        ("hold_s", 601, 600),
        ("hold_s", -1, 0),
        ("hold_s", True, 120),
        ("hold_s", 60.5, 120),
        ("keep_days", 10**30, 90),
        ("picture_scale", 10, 50),
        ("quiet_from", 1440, 1439),
        ("reminder", 1, False),
        ("autostart", "yes", False),
        ("notice", "loud", Notice.ALWAYS),
        ("notice", ["quiet"], Notice.ALWAYS),
        ("theme", "pink", "system"),
        ("theme", {}, "system"),
        ("language", "../../de", ""),
        ("proxy", "http://name:secret@proxy.example", "system"),
        ("proxy", "ftp://proxy.example", "system"),
        ("proxy", 8080, "system"),
        ("hotkeys", "Ctrl+R", Hotkeys()),
        ("hotkeys", {"start_stop": "R", "private": "Alt+P"}, Hotkeys(private="Alt+P")),
        ("hotkeys", {"start_stop": "Alt+P", "private": "Alt+P"}, Hotkeys(start_stop="Alt+P")),
    ],
)
def test_what_can_not_be_meant_becomes_the_nearest_that_can_and_is_told(
    tmp_path: Path, name: str, given: object, taken: object
) -> None:
    (tmp_path / FILE).write_text(json.dumps({name: given, "keep_days" if name != "keep_days" else "hold_s": 7}))
    file = PreferencesFile(tmp_path)
    assert getattr(file.now, name) == taken
    assert 7 in (file.now.keep_days, file.now.hold_s), "the rest is taken as it stands"
    assert code(file.problem) == "preferences_odd"
    assert file.problem is not None
    assert file.problem.values["names"] == name
    file.change(reminder=True)
    assert code(file.problem) == ""
    assert PreferencesFile(tmp_path).problem is None


def test_a_disk_that_does_not_take_it_is_told_and_the_choice_holds_until_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    file = PreferencesFile(tmp_path)
    heard: list[Preferences] = []
    file.listen(heard.append)
    file.change(keep_days=1)
    monkeypatch.setattr(preferences, "write_whole", full)
    with pytest.raises(FairhourError) as caught:
        file.change(keep_days=2)
    assert caught.value.problem == file.problem
    assert code(file.problem) == "preferences_unsaved"
    assert [each.keep_days for each in heard] == [1, 2]
    assert PreferencesFile(tmp_path).now.keep_days == 1


@pytest.mark.parametrize(
    ("start", "end", "quiet", "loud"),
    [(1320, 420, [1320, 1439, 0, 419], [420, 1319]), (60, 120, [60, 119], [59, 120]), (60, 60, [], [0, 60, 1439])],
)
def test_quiet_hours_can_reach_over_midnight(start: int, end: int, quiet: list[int], loud: list[int]) -> None:
    chosen = Preferences(quiet_from=start, quiet_to=end)
    assert all(chosen.is_quiet(minute) for minute in quiet)
    assert not any(chosen.is_quiet(minute) for minute in loud)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" proxy.example:3128 ", "http://proxy.example:3128"),
        ("https://proxy.example/", "https://proxy.example"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_a_proxy_is_understood_as_it_is_typed(typed: str, meant: str) -> None:
    assert proxy_address(typed) == meant


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", "proxy_address"),
        ("http://[", "proxy_address"),
        ("http://proxy.example:port", "proxy_address"),
        ("socks5://proxy.example", "proxy_address"),
        ("http://proxy.example/path", "proxy_address"),
        ("two words", "proxy_address"),
        ("name:secret@proxy.example:3128", "proxy_secret"),
    ],
)
def test_a_proxy_that_can_not_be_meant_or_holds_a_secret_is_refused(typed: str, wrong: str) -> None:
    with pytest.raises(FairhourError) as caught:
        proxy_address(typed)
    assert caught.value.problem.code == wrong
    assert "secret" not in caught.value.problem.message
