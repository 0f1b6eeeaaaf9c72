import re

import pytest
from rich.color import Color

from operator_tui.desk.entries import Author, AuthorKind, Delivery, LineKind, Message
from operator_tui.desk.text import SafeText, clean
from operator_tui.desk.time import DAY, MINUTE, SECOND
from operator_tui.ui.render.bubble import Scene, paint, whole_signs
from tests.ui import chats
from tests.ui.chats import NOW, ago, look
from tests.ui.render.pane import laid_out, pane
from tests.ui.talk import JOOST, joost, note, told, visitor_says, you_say


def test_a_conversation_at_seventy_columns() -> None:
    assert pane(joost(), 70) == [
        " ─────────────────────── Thursday 21 November ───────────────────────",
        "",
        "   Joost opened the chat on winkel.example/koffie/barista-3     14:01",
        "",
        " ▌ Joost van den Heuvel                                         14:01",
        " ▌ Goedemiddag, mijn koffiezetter lekt aan de onderkant ☕😕",
        " ▌ Ik heb hem pas twee weken.",
        "",
        " │ you                                                  sent ✓  14:02",
        " │ Hoi Joost, wat vervelend. Dat had niet mogen gebeuren. Ik kijk",
        " │ meteen met je mee. Heb je het ordernummer bij de hand?",
        "",
        " ▌ Joost van den Heuvel                                         14:03",
        " ▌ 2024-77153",
        "",
        " ┊ note by Marieke                    only colleagues see this  14:03",
        " ┊ Had in oktober ook al een lek. Toen is alleen de ring vervangen.",
        "",
        "   The visitor left the website                                 14:04",
        "   The visitor is back on /garantie                             14:04",
        "",
        " │ you                                                  sent ✓  14:05",
        " │ Gevonden, dank je. De garantie loopt nog, dus dit kost je niets.",
        "",
        " ▌ Joost van den Heuvel                                         14:05",
        " ▌ Fijn! Krijg ik dan een nieuwe, of wordt hij gerepareerd?",
        " ▌ Ik heb hem elke ochtend nodig 😅",
    ]


def test_a_conversation_at_forty_eight_columns() -> None:
    assert pane(joost(), 48)[-17:] == [
        " ▌ 2024-77153",
        "",
        " ┊ note by Marieke              internal  14:03",
        " ┊ Had in oktober ook al een lek. Toen is",
        " ┊ alleen de ring vervangen.",
        "",
        "   The visitor left the website           14:04",
        "   The visitor is back on /garantie       14:04",
        "",
        " │ you                            sent ✓  14:05",
        " │ Gevonden, dank je. De garantie loopt nog,",
        " │ dus dit kost je niets.",
        "",
        " ▌ Joost van den Heuvel                   14:05",
        " ▌ Fijn! Krijg ik dan een nieuwe, of wordt hij",
        " ▌ gerepareerd?",
        " ▌ Ik heb hem elke ochtend nodig 😅",
    ]


def test_a_conversation_at_forty_five_columns() -> None:
    assert pane(joost(), 45)[-6:] == [
        " │ dus dit kost je niets.",
        "",
        " ▌ Joost van den Heuvel                14:05",
        " ▌ Fijn! Krijg ik dan een nieuwe, of wordt",
        " ▌ hij gerepareerd?",
        " ▌ Ik heb hem elke ochtend nodig 😅",
    ]


def test_three_shapes_tell_authors_apart_in_ascii() -> None:
    rows = pane(joost(), 48, icons="ascii")
    assert " [ 2024-77153" in rows
    assert " : dus dit kost je niets." in rows
    assert " ' alleen de ring vervangen." in rows


@pytest.mark.parametrize("width", [1, 2, 5, 9, 12, 20, 200])
def test_any_width_can_be_painted(width: int) -> None:
    held = you_say("Nog iets", ago(180), Delivery.HELD)
    assert all(len(row) <= width for row in pane(joost(held), width, icons="ascii"))


def test_no_line_is_longer_than_the_measure_on_a_wide_screen() -> None:
    rows = pane(joost(), 200)
    assert max(len(row) for row in rows) == 75


@pytest.mark.parametrize(
    ("delivery", "word"),
    [
        (Delivery.SENDING, "sending"),
        (Delivery.WAITING, "waiting"),
        (Delivery.SENT, "sent ✓"),
        (Delivery.HELD, "held"),
        (Delivery.REFUSED, "not sent"),
    ],
)
def test_a_first_line_says_how_far_a_message_has_come(delivery: Delivery, word: str) -> None:
    said = you_say("Je krijgt een nieuwe, Joost.", NOW, delivery, "chat_closed")
    first = pane(chats.chat("Joost", said), 68)[2]
    assert first.split() == ["│", "you", *word.split(), "14:06"]


def test_only_own_messages_say_that_they_were_sent() -> None:
    colleague = Author(AuthorKind.OPERATOR, chats.line("Piet"), "piet")
    said = Message("p", colleague, clean("Ik help je", SafeText), NOW)
    automatic = Message("a", Author(AuthorKind.AUTOMATIC), clean("Welkom", SafeText), NOW)
    rows = pane(chats.chat("Joost", said, automatic), 68)
    assert rows[2].split() == ["│", "Piet", "14:06"]
    assert rows[5].split() == ["│", "automatic", "message", "14:06"]


def test_a_held_message_asks_and_names_its_keys() -> None:
    held = you_say("Je krijgt een nieuwe.", ago(180), Delivery.HELD)
    chat = chats.chat("Joost", held)
    assert pane(chat, 68)[-3:] == [
        " │ Je krijgt een nieuwe.",
        " │ Written 3 min ago. Is it still right?",
        " │ F6 then Enter send now   e edit   Del discard",
    ]
    assert pane(chat, 68, focused=True)[-1] == " │ Enter send now   e edit   Del discard"
    assert pane(chat, 45)[-1] == " │ F6 then Enter send now e edit Del discard"


def test_a_refused_message_says_why_and_is_not_sent_again_as_it_is() -> None:
    refused = you_say("Wat is dit?", NOW, Delivery.REFUSED, "chat_closed")
    rows = pane(chats.chat("Joost", refused), 100)
    assert rows[-2] == " │ The chat was closed before this arrived."
    assert rows[-1] == " │ F6 then e edit   Del discard"


def test_only_the_first_undecided_message_names_keys() -> None:
    first = you_say("Eerst", ago(180), Delivery.HELD)
    second = you_say("Dan", ago(170), Delivery.HELD)
    rows = pane(chats.chat("Joost", first, second), 68)
    assert sum("discard" in row for row in rows) == 1


def heads(*said: Message) -> int:
    rows = pane(chats.chat(JOOST, *said), 68)
    return sum(re.search(r"  14:0\d\Z", row) is not None for row in rows)


def test_messages_within_a_minute_share_a_first_line() -> None:
    assert heads(visitor_says("een", ago(59)), visitor_says("twee", ago(0))) == 1
    assert heads(visitor_says("een", ago(60)), visitor_says("twee", ago(0))) == 2


def test_a_group_never_reaches_beyond_a_minute_from_its_first_line() -> None:
    said = [visitor_says(str(n), NOW - MINUTE + n * 25 * SECOND) for n in range(4)]
    assert heads(*said) == 2


def test_different_authors_and_states_do_not_share_a_first_line() -> None:
    assert heads(visitor_says("een", ago(9)), you_say("twee", ago(8))) == 2
    assert heads(you_say("een", ago(9)), you_say("twee", ago(8), Delivery.WAITING)) == 2
    assert heads(you_say("een", ago(9)), note("twee", ago(8))) == 2
    assert heads(you_say("een", ago(9), Delivery.HELD), you_say("2", ago(8), Delivery.HELD)) == 2


def test_a_new_day_has_a_rule_with_its_date_in_words() -> None:
    yesterday = visitor_says("Tot morgen", NOW - DAY)
    rows = pane(chats.chat(JOOST, yesterday, visitor_says("Hallo", NOW)), 48)
    assert [row.strip(" ─") for row in rows if "─" in row] == [
        "Wednesday 20 November",
        "Thursday 21 November",
    ]


def test_midnight_parts_even_neighbours() -> None:
    midnight = NOW - NOW % DAY - 3_600_000
    rows = pane(
        chats.chat(
            JOOST,
            told(LineKind.LEFT, midnight - 1),
            told(LineKind.RETURNED, midnight),
        ),
        48,
    )
    assert sum("─" in row for row in rows) == 2


def test_the_bar_of_an_unanswered_message_has_the_ink_of_the_debt() -> None:
    layout = laid_out(chats.chat("Joost", visitor_says("Hallo?", NOW)), 48)
    block = layout.blocks[0]
    debt = Scene(layout.setting, look(), JOOST, "indicator.operator_silent")
    calm = Scene(layout.setting, look(), JOOST)
    inks = [
        next(s for s in paint(block, 3, scene) if "▌" in s.text).style for scene in (debt, calm)
    ]
    assert [ink and ink.color for ink in inks] == [
        Color.parse(look().colour("indicator.operator_silent")),
        Color.parse(look().colour("ground.rule")),
    ]


def test_a_note_has_a_ground_of_its_own_from_bar_to_margin() -> None:
    layout = laid_out(chats.chat("Joost", note("Let op", NOW)), 48)
    ground = Color.parse(look().colour("author.note_ground"))
    segments = list(paint(layout.blocks[0], 3, Scene(layout.setting, look(), JOOST)))
    tinted = sum(s.cell_length for s in segments if s.style and s.style.bgcolor == ground)
    assert tinted == 46


@pytest.mark.parametrize(
    ("text", "span", "whole"),
    [
        ("abc", (1, 2), (1, 2)),
        ("🇳🇱x", (1, 2), (0, 2)),
        ("xe\u0301y", (0, 2), (0, 3)),
        ("", (0, 0), (0, 0)),
    ],
)
def test_a_selection_parts_no_sign(
    text: str, span: tuple[int, int], whole: tuple[int, int]
) -> None:
    assert whole_signs(text, *span) == whole
