import json
import re
from typing import cast

import pytest

from server_stub.guests.files import FOLDER

LANGUAGES = ("en", "nl", "pl", "fi")
HOLE = re.compile(r"\{\w+\}")


def texts(language: str) -> dict[str, str]:
    source = FOLDER.joinpath(f"texts.{language}.js").read_text(encoding="utf-8")
    inside = source.removeprefix("export default ").strip().removesuffix(";")
    pairs = re.sub(r",\s*\}$", "}", inside)
    return cast("dict[str, str]", json.loads(pairs))


def source(ending: str) -> str:
    files = sorted(path for path in FOLDER.glob(f"*{ending}") if not path.name.startswith("texts."))
    return "".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_texts_with_the_same_holes(language: str) -> None:
    english, other = texts("en"), texts(language)
    assert list(other) == list(english)
    for key, text in other.items():
        assert text.strip(), key
        if key != "overBy":
            assert sorted(HOLE.findall(text)) == sorted(HOLE.findall(english[key])), key


def test_every_text_that_is_asked_for_is_there() -> None:
    asked = set(re.findall(r'data-(?:text|label|hint)="(\w+)"', source(".html")))
    asked |= set(re.findall(r'\btr\("(\w+)"', source(".js")))
    assert len(asked) > 40
    assert asked <= set(texts("en"))


def test_no_text_is_ever_read_as_markup() -> None:
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert forbidden not in source(".js")


def test_nothing_inline_and_nothing_from_elsewhere() -> None:
    page = source(".html")
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\bstyle=|\bon\w+=|javascript:", page)
    for address in re.findall(r'(?:src|href)="([^"]*)"', page):
        assert address.startswith(("/visitor/", "?", "#"))
    assert not re.search(r"@import|url\(", source(".css"))


def test_no_file_of_the_page_grows_until_nobody_reads_it() -> None:
    for path in FOLDER.iterdir():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path.name
