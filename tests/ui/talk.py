"""The conversation of the models, and an app that shows nothing but one conversation."""

from datetime import timedelta, timezone

from msgspec import structs
from textual.app import App, ComposeResult

from operator_tui.desk.entries import Author, AuthorKind, Delivery, Entry, Line, LineKind, Message
from operator_tui.desk.model import Answer, Chat, Earlier, Overlay, Visitor
from operator_tui.desk.text import SafeAddress, SafeText, clean
from operator_tui.desk.time import DAY, MINUTE, SECOND, Millis
from operator_tui.ui.widgets.conversation import Conversation
from operator_tui.ui.widgets.typing_line import TypingLine
from tests.ui import chats
from tests.ui.chats import ANNA, NOW, ago, line

ZONE = timezone(timedelta(hours=1))
JOOST = "Joost van den Heuvel"


def visitor_says(text: str, at: Millis, *, name: str = JOOST) -> Message:
    author = Author(AuthorKind.VISITOR, line(name))
    return Message(f"v{at}", author, clean(text, SafeText), at)


def you_say(
    text: str, at: Millis, delivery: Delivery = Delivery.SENT, refusal: str | None = None
) -> Message:
    author = Author(AuthorKind.OPERATOR, line("Anna"), ANNA)
    said = clean(text, SafeText)
    return Message(f"o{at}", author, said, at, delivery=delivery, refusal=refusal)


def note(text: str, at: Millis, *, name: str = "Marieke") -> Message:
    author = Author(AuthorKind.OPERATOR, line(name), name.lower())
    return Message(f"n{at}", author, clean(text, SafeText), at, note=True)


def told(kind: LineKind, at: Millis, page: str = "") -> Line:
    return Line(kind, at, line(JOOST), clean(page, SafeAddress))


def afternoon() -> tuple[Entry, ...]:
    """What stands in the models."""
    return (
        told(LineKind.OPENED, ago(318), "https://winkel.example/koffie/barista-3"),
        visitor_says(
            "Goedemiddag, mijn koffiezetter lekt aan de onderkant ☕😕\nIk heb hem pas twee weken.",
            ago(312),
        ),
        you_say(
            "Hoi Joost, wat vervelend. Dat had niet mogen gebeuren. Ik kijk meteen met je mee."
            " Heb je het ordernummer bij de hand?",
            ago(250),
        ),
        visitor_says("2024-77153", ago(228)),
        note("Had in oktober ook al een lek. Toen is alleen de ring vervangen.", ago(200)),
        told(LineKind.LEFT, ago(168)),
        told(LineKind.RETURNED, ago(128), "https://winkel.example/garantie"),
        you_say("Gevonden, dank je. De garantie loopt nog, dus dit kost je niets.", ago(108)),
        visitor_says("Fijn! Krijg ik dan een nieuwe, of wordt hij gerepareerd?", ago(83)),
        visitor_says("Ik heb hem elke ochtend nodig 😅", ago(70)),
    )


def joost(*more: Entry, **facts: object) -> Chat:
    """Joost waits for an answer, late by 23 seconds."""
    entries = (*afternoon(), *more)
    given: dict[str, object] = {"unanswered": 2, "owed_since": ago(83), "steps": (1,)}
    chat = chats.chat(JOOST, *entries, **given | facts)
    visitor = Visitor(
        "v-joost",
        line(JOOST),
        system=line("Windows 11"),
        browser=line("Firefox 132"),
        on_site_since=ago(312),
        earlier=Earlier(2, NOW - 40 * DAY),
        form=(Answer(line("Waar gaat het over?"), clean("Garantie", SafeText)),),
    )
    page = clean("https://winkel.example/garantie", SafeAddress)
    return replaced(chat, visitor=visitor, page=page)


def replaced(chat: Chat, **facts: object) -> Chat:
    return structs.replace(chat, **facts)


def typing(chat: Chat) -> Chat:
    return replaced(chat, overlay=Overlay(typing_until=NOW + 5 * SECOND))


def long_chat(count: int, name: str = "Long") -> Chat:
    """A chat of `count` messages, both sides in turn, half a minute apart."""
    start = NOW - count * MINUTE // 2
    said = [
        (you_say if n % 2 else visitor_says)(
            f"Bericht {n} in een lang gesprek over een bestelling die nog niet is aangekomen.",
            start + n * MINUTE // 2,
        )
        for n in range(count)
    ]
    return chats.chat(name, *said)


class TalkApp(App[None]):
    """One conversation with its typing line, as the desk screen wires them."""

    AUTO_FOCUS = None
    CSS = "Conversation { height: 1fr; }"

    def __init__(self, chat: Chat | None = None) -> None:
        super().__init__()
        self.animation_level = "none"
        self.talk = Conversation()
        self.talk.zone = ZONE
        self.talk.look = chats.look()
        self.talk.desk = chats.desk()
        self.talk.now = NOW
        self.talk.chat = chat
        self.line = TypingLine()
        self.line.look = chats.look()
        self.line.now = NOW
        self.line.chat = chat
        self.decided: list[Conversation.Decided] = []

    def compose(self) -> ComposeResult:
        yield self.talk
        yield self.line

    def on_conversation_new_below(self, event: Conversation.NewBelow) -> None:
        self.line.new_below = event.count

    def on_conversation_decided(self, event: Conversation.Decided) -> None:
        self.decided.append(event)

    def on_typing_line_end_asked(self) -> None:
        self.talk.go_to_end()

    def shows(self) -> list[str]:
        """The rows of the view as text."""
        return [self.talk.render_line(y).text.rstrip() for y in range(self.talk.size.height)]
