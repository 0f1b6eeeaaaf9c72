import re
from io import BytesIO

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from rich.cells import cell_len

from operator_tui.desk.states import Indicator
from operator_tui.ui.render.states import state_word
from operator_tui.ui.words import use_language
from tests.translations import TRANSLATED, compiled, found, mo_file, read, translated

PLACEHOLDER = re.compile(r"\{\w+\}")
ENDING = re.compile(r"\{\w+\}[’'-]?[^\W\d_]|[^\W\d_]\{")
"""A letter that touches a placeholder: an ending, which no name can be trusted with."""


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
def test_every_state_is_said_in_six_cells(code: str) -> None:
    use_language(code)
    said = {state: state_word(state) for state in Indicator}
    use_language("en")
    assert all(cell_len(word) <= 6 for word in said.values())
    assert len(set(said.values())) == len(Indicator)
    assert [state for state, word in said.items() if not word] == [Indicator.NEUTRAL]


def test_a_text_is_not_counted_in_one_place_and_plain_in_another() -> None:
    plural = {forms(m.id)[0] for m in found() if m.id and m.pluralizable and not m.context}
    plain = {m.id for m in found() if m.id and not m.pluralizable and not m.context}
    assert plural & plain == set()
