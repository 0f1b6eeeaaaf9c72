from collections.abc import Iterator

import pytest

from operator_tui.ui.words import use_language
from tests.desk_driver import scene


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize(
    ("code", "asked", "bar", "heading", "palette"),
    [
        ("nl", "aan Joost", "F4 overdragen", "wat je hier kunt doen", "alle acties op naam"),
        ("pl", "do: Joost", "F4 przekaż", "co można tu zrobić", "wszystkie działania według nazw"),
        (
            "fi",
            "vastaanottaja: Joost",
            "F4 siirrä",
            "mitä tässä voi tehdä",
            "kaikki toiminnot nimen mukaan",
        ),
    ],
)
async def test_the_desk_speaks_the_operators_language(
    code: str, asked: str, bar: str, heading: str, palette: str
) -> None:
    use_language(code)
    async with scene() as desk:
        await desk.visitor("Joost").says("Waar is mijn bestelling?")
        await desk.operator.presses("f2")
        desk.sees(asked)
        assert bar in desk.keys
        await desk.operator.presses("f1")
        desk.sees(heading)
        await desk.operator.presses("escape", "ctrl+p")
        desk.sees(palette)
