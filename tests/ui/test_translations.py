import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TypeAlias

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from rich.cells import cell_len

from operator_tui.desk.entries import Delivery
from operator_tui.desk.states import Indicator
from operator_tui.ui.actions import ACTIONS
from operator_tui.ui.render import card, decision
from operator_tui.ui.render.keys import KeyHint, keys_line
from operator_tui.ui.render.states import state_word
from operator_tui.ui.words import tr, use_language
from tests.translations import (
    TRANSLATED,
    comment,
    compiled,
    found,
    mo_file,
    po_file,
    read,
    translated,
    written,
)
from tests.ui import chats
from tests.ui.talk import you_say

Speak: TypeAlias = Callable[[str], str]
PLACEHOLDER = re.compile(r"\{\w+\}")
ENDING = re.compile(r"\{\w+\}[’'-]?[^\W\d_]|[^\W\d_]\{")
"""A letter that touches a placeholder: an ending, which no name can be trusted with."""
KEY = re.compile(r"\b(?:F\d+|Ctrl\+\w|Esc|Enter|Tab|Del)\b")
ENDS = ".?!:…"
POLISH_HOURS = " godz."
"""Its full stop belongs to the word."""
LONGEST_KEY_LABEL = 18
"""Cells of the longest label that leaves room for four keys in 80 columns."""
FACTS = ("name", "language", "channel", "page", "left", "on site", "system", "earlier")


def texts(catalog: Catalog) -> dict[object, object]:
    return {
        (message.context, *forms(message.id)): forms(message.string)
        for message in catalog
        if message.id and translated(message)
    }


def forms(given: object) -> list[str]:
    return [str(one) for one in given] if isinstance(given, list | tuple) else [str(given)]


def translations(code: str) -> list[Message]:
    return [message for message in read(code) if message.id and translated(message)]


def sentences(code: str) -> list[Message]:
    """Every translation but that of a bare sign, which each language has its own of."""
    return [message for message in translations(code) if forms(message.id)[0].strip(ENDS + ",")]


def ending(text: str) -> str:
    text = text.removesuffix(POLISH_HOURS)
    return text[-1] if text[-1] in ENDS else ""


@pytest.fixture
def speak() -> Iterator[Speak]:
    """The languages, and English again afterwards."""
    yield use_language
    use_language("en")


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_compiled_translations_are_fresh(code: str) -> None:
    with mo_file(code).open("rb") as file:
        kept = texts(read_mo(file))
    fresh = texts(read_mo(BytesIO(compiled(read(code)))))
    assert kept == fresh, "python -m tests.translations compiles them"


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_of_the_source_has_an_entry_and_no_other_has(code: str) -> None:
    wanted, there = (
        {(message.context, *forms(message.id)) for message in catalog if message.id}
        for catalog in (found(), read(code))
    )
    assert there == wanted, "python -m tests.translations brings them up to date"


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_is_translated(code: str) -> None:
    left = [message.id for message in read(code) if message.id and not translated(message)]
    assert left == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_file_is_as_the_command_writes_it(code: str) -> None:
    assert po_file(code).read_bytes() == written(read(code), code)


@pytest.mark.parametrize("code", TRANSLATED)
def test_nothing_is_guessed_and_nothing_left_over(code: str) -> None:
    catalog = read(code)
    assert [message.id for message in catalog if message.id and message.fuzzy] == []
    assert not catalog.obsolete


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_glossary_stands_at_the_head(code: str) -> None:
    assert "# Glossary:" in comment(code)


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_ends_as_its_text_does(code: str) -> None:
    for message in sentences(code):
        english = forms(message.id)[-1]
        for form in forms(message.string):
            assert form == form.strip(), form
            assert ending(form) == ending(english), form


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_names_the_keys_of_its_text(code: str) -> None:
    for message in translations(code):
        wanted = KEY.findall(forms(message.id)[-1])
        for form in forms(message.string):
            assert sorted(KEY.findall(form)) == sorted(wanted), form


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_text(code: str) -> None:
    for message in translations(code):
        wanted = set(PLACEHOLDER.findall(forms(message.id)[-1]))
        for form in forms(message.string):
            assert set(PLACEHOLDER.findall(form)) == wanted, form


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_translation_hangs_an_ending_on_a_placeholder(code: str) -> None:
    hanging = [
        form
        for message in translations(code)
        for form in forms(message.string)
        if ENDING.search(form)
    ]
    assert hanging == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_label_of_a_key_is_too_long(code: str, speak: Speak) -> None:
    speak(code)
    assert [tr(one.label) for one in ACTIONS if cell_len(tr(one.label)) > LONGEST_KEY_LABEL] == []


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("asked", ["still checking", "still there?"])
def test_four_keys_have_room_in_80_columns(code: str, asked: str, speak: Speak) -> None:
    speak(code)
    hints = [
        KeyHint("F2", "Sanne de Vries", True, ""),
        KeyHint("Ctrl+O", tr(asked), True, ""),
        KeyHint("F3", tr("canned"), True, ""),
    ]
    said = keys_line(hints, KeyHint("F1", tr("all keys"), True, ""), 80, chats.look()).strip.text
    assert f"F3 {tr('canned')}" in said
    assert f"F1 {tr('all keys')}" in said


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_held_message_offers_all_three_ways_out_in_80_columns(code: str, speak: Speak) -> None:
    speak(code)
    held = you_say("hoi", chats.NOW, Delivery.HELD)
    line = decision.keys_line(held, 44, chats.look(), focused=False)
    said = "".join(segment.text for segment in line)
    assert [way for way in ("send now", "edit", "discard") if tr(way) not in said] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_facts_of_a_visitor_stand_beside_their_keys(code: str, speak: Speak) -> None:
    speak(code)
    assert [tr(fact) for fact in FACTS if cell_len(tr(fact)) >= card.KEYS] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_state_is_said_in_six_cells(code: str, speak: Speak) -> None:
    speak(code)
    said = {state: state_word(state) for state in Indicator}
    assert all(cell_len(word) <= 6 for word in said.values())
    assert len(set(said.values())) == len(Indicator)
    assert [state for state, word in said.items() if not word] == [Indicator.NEUTRAL]


def test_a_text_is_not_counted_in_one_place_and_plain_in_another() -> None:
    plural = {forms(m.id)[0] for m in found() if m.id and m.pluralizable and not m.context}
    plain = {m.id for m in found() if m.id and not m.pluralizable and not m.context}
    assert plural & plain == set()
