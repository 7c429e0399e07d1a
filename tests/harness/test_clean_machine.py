"""What the clean machine takes over from this one. Making one is a harness of minutes, run by hand."""

from pathlib import Path

import pytest

from tests.harness import clean_machine

DEB822 = "Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\n"
ONE_LINE = "# comment\ndeb [signed-by=/k.gpg] http://other.example/debian bookworm main\n"


@pytest.mark.parametrize(
    ("sources", "found"),
    [(DEB822, "http://mirror.example/debian"), (ONE_LINE, "http://other.example/debian"), ("# nothing\n", None)],
)
def test_the_mirror_is_this_machines(sources: str, found: str | None) -> None:
    assert clean_machine.mirror(sources) == found


def test_only_ways_to_registries_are_passed_on() -> None:
    environ = {
        "PIP_CERT": "1",
        "https_proxy": "2",
        "NO_PROXY": "3",
        "SSL_CERT_FILE": "4",
        "SECRET": "5",
        "DISPLAY": "6",
    }
    assert set(clean_machine.passed_on(environ)) == {"PIP_CERT", "https_proxy", "NO_PROXY", "SSL_CERT_FILE"}


def test_local_indexes_are_shown(tmp_path: Path) -> None:
    index = tmp_path / "mirror" / "simple"
    index.mkdir(parents=True)
    settings = f"[global]\nextra-index-url = file://{index} file:///nowhere/at/all\n"
    # The folder above: an index's files lie beside it.
    assert clean_machine.local_folders([settings]) == (str(tmp_path / "mirror"),)
