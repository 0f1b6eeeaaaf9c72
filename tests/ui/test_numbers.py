from collections.abc import Iterator

import pytest

from operator_tui.ui.numbers import grouped
from operator_tui.ui.words import use_language


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize(
    ("code", "said"),
    [("en", "4,000"), ("nl", "4.000"), ("pl", "4\N{NO-BREAK SPACE}000"), ("fi", "4\xa0000")],
)
def test_thousands_stand_apart_as_each_language_writes_them(code: str, said: str) -> None:
    use_language(code)
    assert grouped(4_000) == said
    assert grouped(999) == "999"
