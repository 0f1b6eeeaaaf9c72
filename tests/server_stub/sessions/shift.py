"""A session under way with the real reception, and one trainee who is a person."""

from operator_tui.desk.commands import Command, WriteMessage
from operator_tui.desk.entries import Message
from operator_tui.desk.model import Chat, Desk
from operator_tui.desk.text import SafeText, clean
from operator_tui.desk.time import SECOND, Millis
from operator_tui.wire.codec import encode_command
from operator_tui.wire.frames import Op
from server_stub.service.ledger import Ledger
from server_stub.service.operators import staff_of
from server_stub.service.practice import Caller, Practice
from server_stub.sessions.session import Session
from server_stub.sessions.session_file import load
from server_stub.sessions.stage import Stage

T0: Millis = 1_800_000_000_000


class Shift:
    """Times in milliseconds since the start."""

    def __init__(
        self, session: Session | None = None, language: str | None = None, seed: int = 7
    ) -> None:
        self.session = session or load("tour")
        self.stage = Stage(self.session, seed, T0, language)
        staff = staff_of(self.session)
        ledger = Ledger([one.id for one in staff], lambda: "epoch")
        self.practice = Practice(staff, self.session.policy, self.stage, T0, ledger)
        self.now = T0
        self.device = Caller(
            "anna", "desk", self.practice.admit("anna", "desk", None, 0).generation
        )
        self.practice.come_and_go(["anna"], T0)
        self.refused: list[str | None] = []
        self.sent = 0

    def passes(self, span: Millis) -> None:
        self.now += span
        self.practice.run_to(self.now)

    def desk(self, operator: str = "anna") -> Desk:
        return self.practice.desk(operator)

    def chats(self, operator: str = "anna") -> list[Chat]:
        return list(self.desk(operator).chats.values())

    def chat(self, visitor: str, operator: str = "anna") -> Chat:
        return next(chat for chat in self.chats(operator) if chat.visitor.id == visitor)

    def orders(self, command: Command) -> bool:
        self.sent += 1
        op = Op(self.sent, f"op-{self.sent}", self.now, encode_command(command))
        result = self.practice.op(self.device, op, self.now)
        assert getattr(result, "ok", None) is not None, result
        self.refused += [] if result.ok else [result.code]  # type: ignore[union-attr]
        return bool(result.ok)  # type: ignore[union-attr]

    def says(self, visitor: str, text: str) -> bool:
        return self.orders(WriteMessage(self.chat(visitor).id, clean(text, SafeText)))


def words(chat: Chat) -> list[str]:
    """What was written in it, notes too."""
    return [str(entry.text) for entry in chat.timeline if isinstance(entry, Message)]


def seconds(span: float) -> Millis:
    return round(span * SECOND)
