"""How long a visitor waits for a first answer, and how it gives up: often without a word (R42)."""

from math import log

from operator_tui.desk.model import Channel
from operator_tui.desk.time import Millis
from server_stub.plays.intents import spoken
from server_stub.visitors import acts
from server_stub.visitors.acts import Act
from server_stub.visitors.identity import Card, fraction


class Patience:
    """The patience of one visitor, drawn when it is first needed: the same for the same seed.

    Exponential with the mean of the session; `until` is the moment it ends, None while nobody
    keeps this visitor waiting, or when the session knows no impatience.
    """

    __slots__ = ("_card", "until")

    def __init__(self, card: Card) -> None:
        self._card = card
        self.until: Millis | None = None

    def waits_from(self, at: Millis) -> None:
        """The visitor has opened a chat and waits."""
        card = self._card
        if card.patience is not None:
            drawn = fraction(card.seed, "patience", card.play.id, card.id)
            self.until = at + round(-log(1 - drawn) * card.patience.mean)

    def answered(self) -> None:
        """Somebody wrote: the rest is up to the play."""
        self.until = None

    def ends(self) -> list[Act]:
        """What it does when its patience is at an end."""
        self.until = None
        card = self._card
        drawn = fraction(card.seed, "silently", card.play.id, card.id)
        if card.patience is not None and drawn < card.patience.silent:
            return [acts.Leaves()] if card.play.heading.channel is Channel.WEB else []
        return [acts.Says(spoken(card.known, card.language).gives_up), acts.Closes()]
