"""The tracker's catalogues are complete: every text that it says, with its places, nothing that it says no more."""

import re

import pytest
from PySide6.QtCore import QTranslator

from devtools import translations
from devtools.translations import CATALOGUES, Message
from tests.architecture.conftest import STALE

BRING_UP_TO_DATE = "Run .venv/bin/python -m devtools.translations and translate what it names."
PLACE = re.compile(r"\{\w*\}")
ENDINGS = (".", "…", ":", "?")
LANGUAGES = [path.stem.removeprefix("fairhour_") for path in sorted(CATALOGUES.glob("*.ts"))]


def faults(said: list[Message], wanted: list[Message]) -> list[str]:
    """What is wrong with a catalogue's messages, when the source says those that are ``wanted``."""
    have, need = ({(each.context, each.source) for each in which} for which in (said, wanted))
    wrong = [f"missing: {context}: {source}" for context, source in sorted(need - have)]
    wrong += [f"said no more: {context}: {source}" for context, source in sorted(have - need)]
    for each in said:
        if each.state or not each.translation.strip():
            wrong.append(f"not translated ({each.state or 'empty'}): {each.context}: {each.source}")
        elif sorted(PLACE.findall(each.source)) != sorted(PLACE.findall(each.translation)):
            wrong.append(f"places differ: {each.context}: {each.source!r} - {each.translation!r}")
        elif _edges(each.source) != _edges(each.translation):
            wrong.append(f"ends or begins otherwise: {each.context}: {each.source!r} - {each.translation!r}")
    return wrong


def _edges(text: str) -> tuple[object, ...]:
    """What must stay at both ends: spaces that keep texts apart, and the mark that ends a sentence."""
    end = next((mark for mark in ENDINGS if text.rstrip().endswith(mark)), "")
    return text[:1].isspace(), text[-1:].isspace(), end


def test_german_is_there() -> None:
    assert "de" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_complete(language: str, gathered: list[Message]) -> None:
    said = list(translations.messages(CATALOGUES / f"fairhour_{language}.ts"))
    assert faults(said, gathered) == [], BRING_UP_TO_DATE


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tracker_loads_what_the_catalogue_says(language: str) -> None:
    compiled = QTranslator()
    assert compiled.load(str(CATALOGUES / f"fairhour_{language}.qm"))
    said = list(translations.messages(CATALOGUES / f"fairhour_{language}.ts"))
    comments = {"en": "the code of the language into which this is translated"}
    differ = [
        each.source
        for each in said
        if compiled.translate(each.context, each.source, comments.get(each.source)) != each.translation
    ]
    assert differ == [], BRING_UP_TO_DATE


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        (Message("words", "Today {time}", "Heute", ""), "places differ"),
        (Message("words", "Today {time}", "Heute {zeit}", ""), "places differ"),
        (Message("words", "Today {time}", "", "unfinished"), "not translated"),
        (Message("words", "Today {time}", "Heute {time}", "vanished"), "not translated"),
        (Message("words", "Today {time}", "Heute {time} ", ""), "ends or begins otherwise"),
        (Message("words", "Today {time}", "Heute {time}.", ""), "ends or begins otherwise"),
        (Message("other", "Today {time}", "Heute {time}", ""), "missing"),
    ],
)
def test_a_planted_fault_is_found(planted: Message, told: str) -> None:
    wanted = [Message("words", "Today {time}", "", "unfinished")]
    assert told in faults([planted], wanted)[0]
    assert faults([Message("words", "Today {time}", "Heute {time}", "")], wanted) == []


def test_a_text_that_is_said_no_more_goes_out(gathered: list[Message]) -> None:
    assert STALE not in {each.source for each in gathered}
