import pytest

from operator_tui.ui.render.composer_rule import title
from tests.ui.chats import look

ICONS = look().icons


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (70, " internal note about Joost: only colleagues see this "),
        (45, " internal note about Joost "),
        (20, " internal note… "),
    ],
)
def test_a_note_says_who_reads_it_where_there_is_room(width: int, said: str) -> None:
    told = title("Joost van den Heuvel", note=True, length=0, width=width, icons=ICONS)
    assert told.plain == said


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (70, " closed by Joost van den Heuvel: nothing can be sent "),
        (40, " closed by Joost van den Heuvel "),
    ],
)
def test_a_closed_chat_says_that_nothing_can_be_sent(width: int, said: str) -> None:
    told = title(
        "Joost van den Heuvel", note=False, closed=True, length=0, width=width, icons=ICONS
    )
    assert told.plain == said
