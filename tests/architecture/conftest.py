"""What the tool that makes catalogues finds in the tracker's source, looked for once."""

import pytest

from devtools import translations
from devtools.translations import CATALOGUES, Message

STALE = "Nobody says this"


@pytest.fixture(scope="session")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> list[Message]:
    """The German catalogue, with a text that nobody says any more, brought up to date."""
    catalogue = tmp_path_factory.mktemp("words") / "fairhour_de.ts"
    text = (CATALOGUES / catalogue.name).read_text(encoding="utf-8")
    stale = f"<message><source>{STALE}</source><translation>Das sagt niemand</translation></message>"
    catalogue.write_text(text.replace("</context>", f"{stale}</context>", 1), encoding="utf-8")
    assert STALE in {each.source for each in translations.messages(catalogue)}
    translations.gather(catalogue)
    return list(translations.messages(catalogue))
