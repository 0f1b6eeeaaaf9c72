"""A stage whose visitors do exactly what the test wrote down, and what it remembers of them."""

from collections.abc import Iterable, Iterator, Mapping

from operator_tui.desk.commands import Command
from operator_tui.desk.entries import NO_ADDRESS, Id
from operator_tui.desk.model import Channel, Desk, Visitor
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.desk.time import Millis
from server_stub.service.ledger import Ledger
from server_stub.service.operators import Staff
from server_stub.sessions.session import SuggestSpec
from server_stub.visitors.acts import Act, Acted, Happening, Opens, Says
from server_stub.visitors.heard import Heard
from server_stub.visitors.injected import Injected
from server_stub.visitors.seen import Seen

START: Millis = 1_700_000_000_000
ANNA = Staff("anna", clean("Anna", SafeLine), 2, ("en",))
BRAM = Staff("bram", clean("Bram", SafeLine), 2, ("nl",))
SIM = Staff("sim", clean("Marieke Postma", SafeLine), 1, ("nl",), simulated=True)
POLICY = Policy()


class Scripted:
    """Gives its happenings when they are due; colleagues do what `orders` says, once."""

    suggests: tuple[SuggestSpec, ...] = ()

    def __init__(self, *happenings: Happening) -> None:
        self.script = sorted(happenings, key=lambda one: one.at)
        self.begins = self.script[0].at if self.script else START
        self.heard: list[tuple[str, str]] = []
        self.over: list[str] = []
        self.injected: list[Injected] = []
        self.orders: list[tuple[Id, Command]] = []

    def next_time(self) -> Millis | None:
        return self.script[0].at if self.script else None

    def advance(self, to: Millis) -> list[Happening]:
        due = [one for one in self.script if one.at <= to]
        self.script = self.script[len(due) :]
        return due

    def seen(self) -> Iterator[Seen]:
        return iter(())

    def remembered(self) -> bytes:
        return b""

    def resume(self, heard: Iterable[Heard], remembered: bytes, until: Millis) -> None:
        self.heard += [(one.visitor, one.text) for one in heard if one.text is not None]
        self.advance(until)

    def told(self, visitor: Id, text: str, at: Millis) -> None:
        self.heard.append((visitor, text))

    def invited(self, visitor: Id, text: str, at: Millis) -> None:
        self.heard.append((visitor, text))

    def closed(self, visitor: Id, at: Millis) -> None:
        self.over.append(visitor)

    def inject(self, injected: Injected, at: Millis) -> None:
        self.injected.append(injected)

    def colleagues(self, desks: Mapping[Id, Desk], now: Millis) -> list[tuple[Id, Command]]:
        orders, self.orders = self.orders, []
        return orders


def ledger_of(*operators: Id) -> Ledger:
    return Ledger(operators, lambda: "epoch")


def opens(visitor: str, operator: Id | None = None, channel: Channel = Channel.WEB) -> Opens:
    person = Visitor(visitor, clean(visitor.title(), SafeLine))
    return Opens(person, channel, "en", f"chat-{visitor}", NO_ADDRESS, operator)


def says(text: str) -> Says:
    return Says(clean(text, SafeText))


def after(seconds: float, visitor: str, act: Act) -> Acted:
    return Acted(visitor, START + int(seconds * 1000), act)
