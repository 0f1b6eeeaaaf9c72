"""Everybody simulated in one session, as one pure machine: the reception's only partner here.

How the host runs it, from before the session begins:

    stage = Stage(session, seed, start, language)      # start: virtual now of the first connection
    now = stage.begins                                 # hours before `start` in a tour
    while (due := stage.next_time()) is not None and due <= until:
        for happening in stage.advance(due):
            match happening:
                case Acted(visitor, at, act): ...      # to the reception, at the moment `at`
                case Ordered(operator, at, command): ...  # as if that operator's client had sent it
        for operator, command in stage.colleagues(desks, due): ...  # the same, at `due`

- Chats in progress have no door of their own. First `until = start`: the past is played with
  ordinary acts and ordinary commands at past times, before anybody may connect. Then the clock.
- `told` for every message (not note) that any operator wrote to a visitor, also a scripted one;
  `closed` when an operator closed the chat. At once, in the order of the log. After them
  `next_time` may have changed.
- `Opens.chat` is the id the reception must open the chat under: scripted commands name it.
- `Opens.operator` gives the chat to that operator at once, above the limit too. When it is None
  the reception decides, among the trainees (`session.operators`); a colleague gets chats only
  by `Opens.operator` or a transfer.
- `colleagues` wants each colleague's folded desk, as a client of theirs would have it, and gives
  what they do now. Call it whenever one of these desks changed and whenever `next_time` is due.
  A command that is refused is not given again.
- The order of what is given for one moment is the order of the session file.
"""

from collections.abc import Mapping

from operator_tui.desk.commands import Command
from operator_tui.desk.model import Desk, Id, Language
from operator_tui.desk.time import Millis
from server_stub.visitors.acts import Happening
from server_stub.visitors.session import Session


class Stage:
    """The visitors and colleagues of one session; the same for the same seed and the same past."""

    begins: Millis
    """The moment of the first happening, or `start` when nothing lies before it."""

    def __init__(
        self, session: Session, seed: int, start: Millis, language: Language | None = None
    ) -> None:
        raise NotImplementedError

    def next_time(self) -> Millis | None:
        """When something is due next; None: never, unless an operator does something."""
        raise NotImplementedError

    def advance(self, to: Millis) -> list[Happening]:
        """What happens up to and with the moment `to`, in order of time."""
        raise NotImplementedError

    def told(self, visitor: Id, text: str, at: Millis) -> None:
        """An operator wrote `text` to this visitor."""
        raise NotImplementedError

    def closed(self, visitor: Id, at: Millis) -> None:
        """An operator closed this visitor's chat."""
        raise NotImplementedError

    def colleagues(self, desks: Mapping[Id, Desk], now: Millis) -> list[tuple[Id, Command]]:
        """What the simulated colleagues do now, from what stands on their desks."""
        raise NotImplementedError
