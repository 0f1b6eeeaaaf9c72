"""Visitors and colleagues, as the reception meets them (`sessions/stage.py` has the rules)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from operator_tui.desk.commands import Command
from operator_tui.desk.entries import Id
from operator_tui.desk.model import Desk
from operator_tui.desk.time import Millis
from server_stub.sessions.session import SuggestSpec
from server_stub.visitors.acts import Happening
from server_stub.visitors.heard import Heard
from server_stub.visitors.injected import Injected
from server_stub.visitors.seen import Seen


class Simulated(Protocol):
    """Everybody who is simulated."""

    begins: Millis
    suggests: tuple[SuggestSpec, ...]

    def next_time(self) -> Millis | None:
        """When something is due next."""
        ...

    def advance(self, to: Millis) -> list[Happening]:
        """What happens up to and with `to`."""
        ...

    def told(self, visitor: Id, text: str, at: Millis) -> None:
        """An operator wrote to the visitor."""
        ...

    def invited(self, visitor: Id, text: str, at: Millis) -> None:
        """An operator offers help to the visitor."""
        ...

    def closed(self, visitor: Id, at: Millis) -> None:
        """An operator closed the visitor's chat."""
        ...

    def inject(self, injected: Injected, at: Millis) -> None:
        """A trainer throws something in."""
        ...

    def colleagues(self, desks: Mapping[Id, Desk], now: Millis) -> list[tuple[Id, Command]]:
        """What simulated colleagues do now."""
        ...

    def seen(self) -> Iterator[Seen]:
        """Every visitor as a trainer sees it."""
        ...

    def remembered(self) -> bytes:
        """What has to be given to `resume` besides what was told."""
        ...

    def resume(self, heard: Iterable[Heard], remembered: bytes, until: Millis) -> None:
        """Be where all was at `until`, when this had been heard; nothing of it happens again."""
        ...
