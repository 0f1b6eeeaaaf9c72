from msgspec import structs

from operator_tui.desk.commands import TransferChat
from operator_tui.desk.entries import NO_TEXT
from operator_tui.desk.model import Desk, Operator, PassedOn
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeLine, clean
from operator_tui.ui.actions import BY_ID
from operator_tui.ui.keys import key_name
from operator_tui.ui.screens.departures import Departures

DESK = Desk(Operator("op-anna", clean("Anna", SafeLine)), Policy())


class Ear:
    """What the line said; a draft was begun in the chats of `drafts`."""

    def __init__(self, *drafts: str) -> None:
        self.said: list[str] = []
        self.departures = Departures(self.said.append, drafts.__contains__)


def without(chat: str, name: str, to: str = "") -> Desk:
    gone = PassedOn(chat, clean(name, SafeLine), 0, clean(to, SafeLine))
    return structs.replace(DESK, passed_on=gone)


def test_a_chat_that_went_by_itself_is_told_of_once() -> None:
    ear = Ear()
    for desk in (DESK, without("c1", "Aino", "Marieke"), without("c1", "Aino", "Marieke")):
        ear.departures.look(desk)
    assert ear.said == ["Marieke has the chat with Aino now."]


def test_what_had_gone_before_the_program_began_is_no_news() -> None:
    ear = Ear()
    ear.departures.look(None)
    ear.departures.look(without("c1", "Aino"))
    assert ear.said == []
    ear.departures.look(without("c2", "Bram"))
    assert ear.said == ["The chat with Bram went to the queue."]


def test_a_draft_in_a_chat_that_goes_is_said_to_be_kept() -> None:
    ear = Ear("c1")
    ear.departures.transferred(DESK, TransferChat("c1", None, NO_TEXT))
    ear.departures.transferred(DESK, TransferChat("c2", None, NO_TEXT))
    queue = "Transferred to the queue. Whoever is free next takes it."
    assert ear.said[1] == queue
    key = key_name(BY_ID["palette"].keys[0])
    assert ear.said[0] == f"{queue} What you had written is kept: {key}, “unsent texts”."
