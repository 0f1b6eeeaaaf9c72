"""A floor to play scenes on: what operators see, without sockets or ledger."""

from msgspec import structs

from operator_tui.desk.commands import Command, SetAvailability, TransferChat, WriteMessage
from operator_tui.desk.entries import Id
from operator_tui.desk.events import Event
from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeText, clean
from operator_tui.desk.time import Millis
from server_stub.service import reception
from server_stub.service.effects import Ended, Entered, Invited, Refused, Signalled, Told
from server_stub.service.floor import QUEUE, opened_floor
from server_stub.service.operators import Staff
from server_stub.service.turn import Turned
from server_stub.visitors.acts import Act, Acted
from tests.server_stub.scripted import ANNA, BRAM, POLICY, SIM, START


class Play:
    """One reception with a clock of its own; `at` counts seconds from the start."""

    def __init__(self, *staff: Staff, policy: Policy = POLICY) -> None:
        self.floor = opened_floor(staff or (ANNA, BRAM, SIM), policy)
        self.now: Millis = START
        self.entered: list[Entered] = []
        self.told: list[Told | Invited | Ended] = []
        self.signals: list[Signalled] = []

    def passes(self, seconds: float) -> None:
        """Time passes; what is due happens at its own moment."""
        until = self.now + round(seconds * 1000)
        while (due := reception.next_due(self.floor, self.now)) is not None and due <= until:
            self.now = due
            self.keep(reception.tick(self.floor, due))
        self.now = until

    def visitor(self, name: str, act: Act) -> None:
        self.keep(reception.act(self.floor, Acted(name, self.now, act)))

    def asks(self, operator: Id, command: Command) -> Refused | None:
        return self.keep(reception.command(self.floor, operator, command, self.now))

    def writes(self, operator: Id, visitor: str, text: str = "One moment") -> Refused | None:
        return self.asks(operator, WriteMessage(f"chat-{visitor}", clean(text)))

    def transfers(self, operator: Id, visitor: str, to: Id | None) -> Refused | None:
        note = clean("leaks since Monday", SafeText)
        return self.asks(operator, TransferChat(f"chat-{visitor}", to, note))

    def away(self, operator: Id) -> None:
        self.asks(operator, SetAvailability(available=False))

    def types(self, operator: Id, visitor: str) -> None:
        self.floor = reception.typed(self.floor, operator, f"chat-{visitor}", self.now)

    def present(self, *operators: Id) -> None:
        self.keep(reception.come_and_go(self.floor, frozenset(operators), self.now))

    def keep(self, turned: Turned) -> Refused | None:
        self.floor = turned.floor
        for effect in turned.effects:
            match effect:
                case Entered():
                    self.entered.append(effect)
                case Signalled():
                    self.signals.append(effect)
                case Told() | Invited() | Ended():
                    self.told.append(effect)
        return turned.refused

    def desk(self, operator: Id) -> Desk:
        return self.floor.desks[operator]

    def chats(self, operator: Id) -> list[str]:
        """The visitors on a desk, in the order of receipt."""
        return [chat.removeprefix("chat-") for chat in self.desk(operator).chats]

    def queue(self) -> list[str]:
        return self.chats(QUEUE)

    def chat(self, operator: Id, visitor: str) -> Chat:
        return self.desk(operator).chats[f"chat-{visitor}"]

    def events(self, operator: Id) -> list[Event]:
        return [one.event for one in self.entered if one.operator == operator]

    def kinds(self, operator: Id) -> list[str]:
        return [type(event).__name__ for event in self.events(operator)]


def passing(policy: Policy = POLICY, after: Millis = 120_000) -> Policy:
    return structs.replace(policy, automatic_transfer_after=after)
