"""Chats that go to somebody else: who has them now, said once."""

from collections.abc import Callable

from operator_tui.desk.commands import TransferChat
from operator_tui.desk.entries import Id
from operator_tui.desk.model import Desk, PassedOn
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import SECOND
from operator_tui.ui.keys import key_of
from operator_tui.ui.words import tr, trn


class Departures:
    """Compares each desk with the last one that was seen; `tell` says what left it."""

    def __init__(self, tell: Callable[[str], object], has_draft: Callable[[Id], bool]) -> None:
        self._tell = tell
        self._has_draft = has_draft
        self._begun = False
        self._told: PassedOn | None = None

    def transferred(self, desk: Desk | None, command: TransferChat) -> None:
        """F4 was confirmed."""
        if desk is not None:
            self._say(transferred(desk, command.to), command.chat)

    def look(self, desk: Desk | None) -> None:
        """A chat went by itself: the operator did nothing, and must know. What had gone before the
        first desk of all is no news."""
        if desk is None:
            return
        before, self._told = self._told, desk.passed_on
        if self._begun and desk.passed_on is not None and desk.passed_on != before:
            self._say(gone(desk.passed_on), desk.passed_on.chat)
        self._begun = True

    def _say(self, said: str, chat: Id) -> None:
        self._tell(_and_draft(said, self._has_draft(chat)))


def transferred(desk: Desk, to: str | None) -> str:
    """What is said of a chat that was transferred to colleague `to`, or to the queue (R15)."""
    if to is None:
        return tr("Transferred to the queue. Whoever is free next takes it.")
    known = desk.colleagues.get(to)
    name = known.name if known is not None else clean(to, SafeLine)
    return trn(
        "Transferred to {name}. It comes back by itself if nobody takes it within {n} s.",
        "Transferred to {name}. It comes back by itself if nobody takes it within {n} s.",
        desk.policy.transfer_answered_within // SECOND,
        name=name,
    )


def gone(passed: PassedOn) -> str:
    """What is said of a chat that went without an act of the operator (R14)."""
    if not passed.to:
        return tr("The chat with {name} went to the queue.", name=passed.visitor)
    return tr("{colleague} has the chat with {name} now.", colleague=passed.to, name=passed.visitor)


def _and_draft(said: str, kept: bool) -> str:
    if not kept:
        return said
    draft = tr("What you had written is kept: {key}, “unsent texts”.", key=key_of("palette"))
    return f"{said} {draft}"
