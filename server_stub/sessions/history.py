"""The past of a chat in progress, as the ordinary acts and commands that made it."""

from collections.abc import Iterator

from operator_tui.desk.commands import WriteMessage, WriteNote
from operator_tui.desk.entries import NO_TEXT
from operator_tui.desk.time import Millis
from server_stub.plays.actions import read_action
from server_stub.plays.who import in_language
from server_stub.sessions.session import Past, VisitorSpec
from server_stub.visitors.acts import Acted, Happening, Ordered, Says
from server_stub.visitors.doing import plain
from server_stub.visitors.identity import Card, chat_id


def past_of(spec: VisitorSpec, card: Card, start: Millis) -> Iterator[Happening]:
    """What happened in this chat before `start`, from its opening on."""
    if not spec.history:
        return
    opened = start + spec.at
    yield Acted(spec.id, opened, card.opens(opened, 0))
    chat = chat_id(card.seed, card.play.id, card.id, 0)
    for past in spec.history:
        at = start - past.ago
        text = in_language(past.text, card.language) or NO_TEXT
        match past.by:
            case "visitor":
                yield from _visitor(past, card, at)
            case "operator":
                yield Ordered(card.operator or "", at, WriteMessage(chat, text))
            case "note":
                yield Ordered(card.operator or "", at, WriteNote(chat, text))


def _visitor(past: Past, card: Card, at: Millis) -> Iterator[Happening]:
    if past.does is None:
        text = in_language(past.text, card.language)
        if text is not None:
            yield Acted(card.id, at, Says(text))
        return
    if (act := plain(read_action(past.does))) is not None:
        yield Acted(card.id, at, act)
