"""Chats to paint: the desk of the models, one chat in each state of attention and some more."""

from operator_tui.desk.entries import Author, AuthorKind, Entry, Message
from operator_tui.desk.model import (
    Channel,
    Chat,
    Desk,
    Operator,
    Overlay,
    Passed,
    PassedCause,
    Reactivated,
    Visitor,
    Waiting,
)
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.desk.time import HOUR, SECOND, Millis
from operator_tui.store.ports import IconSet
from operator_tui.ui.icons import load_icons
from operator_tui.ui.look import Look
from tests.themes import colours_of

NOW: Millis = 1_732_194_408_000
ANNA = "anna"


def look(theme: str = "night", icons: IconSet = "unicode") -> Look:
    return Look(load_icons(icons), colours_of(theme))


def line(text: str) -> SafeLine:
    return clean(text, SafeLine)


def message(text: str, *, own: bool = False, note: bool = False, at: Millis = NOW) -> Message:
    author = Author(AuthorKind.OPERATOR, line("Anna"), ANNA) if own else Author(AuthorKind.VISITOR)
    return Message(f"m{at}", author, clean(text, SafeText), at, note)


def chat(name: str, *said: Entry, **facts: object) -> Chat:
    """A chat of somebody called `name`; received a minute ago, written in, nothing owed."""
    given: dict[str, object] = {
        "id": "".join(sign for sign in name if sign.isascii() and sign.isalnum()) or "nobody",
        "channel": Channel.WEB,
        "language": "nl",
        "opened_at": NOW - 60 * SECOND,
        "received_at": NOW - 60 * SECOND,
        "written": True,
        "timeline": said,
    } | facts
    visitor = Visitor(f"v-{given['id']}", line(name))
    return Chat(visitor=visitor, **given)  # type: ignore[arg-type]


def ago(seconds: float) -> Millis:
    return NOW - int(seconds * SECOND)


def new(name: str = "Sanne de Vries", n: int = 2, **facts: object) -> Chat:
    said = message("Hallo, ik heb de verkeerde maat besteld")
    given = {"written": False, "unanswered": n, "received_at": ago(18), "owed_since": ago(18)}
    return chat(name, said, **given | facts)


def transferred() -> Chat:
    note = clean("chce zwrotu, paragon ma", SafeText)
    passed = Passed(line("Piet"), PassedCause.BY_HAND, ago(37), note)
    given = {"unanswered": 1, "received_at": ago(37), "owed_since": ago(30), "language": "pl"}
    said = message("Dzień dobry")
    return chat("Aleksandra Wiśniewska", said, written=False, passed=passed, noted=True, **given)


def late() -> Chat:
    said = message("Ik heb hem elke ochtend nodig 😅")
    overlay = Overlay(draft=True)
    return chat(
        "Joost van den Heuvel", said, unanswered=2, owed_since=ago(83), noted=True, overlay=overlay
    )


def unanswered(
    name: str = "Aino Korhonen", n: int = 3, waited: float = 39, **facts: object
) -> Chat:
    said = message("Onko tilaus 5512 jo matkalla?")
    return chat(name, said, unanswered=n, owed_since=ago(waited), **{"language": "fi"} | facts)


def sharing() -> Chat:
    said = message("Proszę kliknąć ten przycisk", own=True)
    return chat("Jan Kowalski", said, sharing_since=ago(60), answered_at=ago(29), language="pl")


def boomerang() -> Chat:
    said = message("Palaan asiaan huomenna", own=True)
    return chat(
        "Väinö Mäkelä-Rautiainen",
        said,
        channel=Channel.MESSAGING,
        reactivated=Reactivated(ago(20), 14 * HOUR),
        answered_at=ago(14 * 3600),
        language="fi",
    )


def quiet() -> Chat:
    said = message("Czy paczka już dotarła?", own=True)
    return chat("Eva Nowak", said, answered_at=ago(160), language="pl", overlay=Overlay(draft=True))


def neutral(name: str = "Priya Raman 🌻", **facts: object) -> Chat:
    said = message("Your refund is on its way", own=True)
    return chat(name, said, **{"answered_at": ago(40), "language": "en"} | facts)


def paused() -> Chat:
    return chat("Piet Bakker", message("Momentje"), left_at=ago(125), answered_at=ago(200))


def closed() -> Chat:
    said = message("Kiitos avusta, hyvää päivänjatkoa")
    return chat("Liisa Virtanen", said, closed_at=ago(100), answered_at=ago(200), language="fi")


def each_state() -> tuple[Chat, ...]:
    return (
        new(),
        transferred(),
        late(),
        unanswered(),
        sharing(),
        boomerang(),
        quiet(),
        neutral(),
        paused(),
        closed(),
    )


def desk(*chats: Chat, places: int = 12) -> Desk:
    return Desk(
        operator=Operator(ANNA, line("Anna")),
        policy=Policy(places=places),
        chats={one.id: one for one in chats},
    )


def model_desk() -> Desk:
    """The desk of the models: eleven chats and a queue."""
    more = unanswered("Tom Whitfield", 1, 8, language="en")
    full = desk(*each_state(), more)
    return Desk(full.operator, full.policy, chats=full.chats, waiting=Waiting(3, ago(100)))
