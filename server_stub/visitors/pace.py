"""How fast one visitor reads, thinks and types; drawn from the seed, so that it repeats."""

from operator_tui.desk.text import SafeText
from operator_tui.desk.time import SECOND, Millis
from server_stub.plays.play import Step
from server_stub.visitors.acts import Types
from server_stub.visitors.identity import Card, fraction

READS = 30
"""Characters a second that a visitor reads."""
THINKS: tuple[Millis, Millis] = (1_200, 3_500)
"""Between these it thinks before it goes on after the operator's words."""
LONGEST_THOUGHT: Millis = 9 * SECOND
SHORTEST: Millis = 1 * SECOND
LONGEST: Millis = 90 * SECOND
"""Nobody types one message for longer: the rest was pasted."""
EVEN: tuple[float, float] = (0.85, 1.15)
"""How much the time for a message varies."""
PREVIEW_EVERY: Millis = 2 * SECOND
"""How often what is being typed is shown, where policy allows it."""


class Pace:
    """The speed of one visitor. `mood` multiplies its typing speed."""

    __slots__ = (
        "_begun",
        "_card",
        "_count",
        "_end",
        "_text",
        "_thought",
        "due",
        "mood",
    )

    def __init__(self, card: Card) -> None:
        self._card = card
        self._count = 0
        self._thought: Millis = 0
        self._text = ""
        self._begun: Millis = 0
        self._end: Millis = 0
        self.mood = 1.0
        self.due: Millis = 0
        """When the message is sent, or more of it is shown."""

    def thinks(self, about: str) -> None:
        """The operator's words were taken in: the next step waits for the thought."""
        reading = len(about) * SECOND // READS
        self._thought = min(LONGEST_THOUGHT, reading + round(self._between(*THINKS)))

    def before(self, step: Step) -> Millis:
        """How long until `step` begins: its own `after`, or the thought if that is longer."""
        thought, self._thought = self._thought, 0
        return max(step.after, thought)

    def begins(self, text: SafeText, now: Millis) -> Types:
        """The typing sign for the whole message, or its beginning where it is shown."""
        self._text = text
        self._begun = now
        speed = self._card.play.heading.typing * self.mood
        span = len(text) / speed * SECOND * self._between(*EVEN)
        self._end = now + round(min(LONGEST, max(SHORTEST, span)))
        return self._shown(now)

    def rest(self, now: Millis) -> Types | None:
        """More of the message that is being typed; None when it is done."""
        return self._shown(now) if now < self._end else None

    def _shown(self, now: Millis) -> Types:
        self.due = min(self._end, now + PREVIEW_EVERY) if self._card.preview else self._end
        part = (self.due - self._begun) / (self._end - self._begun)
        so_far = self._text[: int(len(self._text) * part)] if self._card.preview else ""
        return Types(self._end - now, so_far)

    def _between(self, low: float, high: float) -> float:
        self._count += 1
        card = self._card
        return low + (high - low) * fraction(card.seed, "pace", card.play.id, card.id, self._count)
