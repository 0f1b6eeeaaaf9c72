"""The floor: every desk, every chat in the house and every transfer under way, as one value."""

from collections.abc import Callable, Iterable
from functools import cached_property

from msgspec import Struct

from operator_tui.desk.browsing import Browsing
from operator_tui.desk.entries import Canned, Entry, Id, Origin
from operator_tui.desk.model import Chat, Desk, Operator
from operator_tui.desk.policy import Policy
from operator_tui.desk.text import SafeLine, SafeText, clean
from operator_tui.desk.time import Millis
from server_stub.service.operators import Staff, empty_desk
from server_stub.sessions.session import SuggestSpec

QUEUE: Id = ":queue"
"""The desk on which chats wait: folded like any other, shown to nobody."""
ELSEWHERE: Id = ":elsewhere"
"""Stands for an operator who works in no session: no desk takes their words for its own."""
TYPING_HOLDS: Millis = 10_000
"""A chat its operator typed in this recently is not passed on by itself (R14)."""
KEPT_OVER = 1_000
"""So many chats that are over can still be read; the one that ended first is forgotten, and what
the reception knew of it: nobody can rate it any more, and its visitor counts as a new one."""


class Case(Struct, frozen=True):
    """One chat as the reception knows it, whoever has it now."""

    visitor: str
    desk: Id | None
    """The desk it stands on; None once it is over for everybody."""
    messages: int = 0
    """How many messages it has had: they are numbered by this."""
    put_back_by: Id | None = None
    """Who gave it back to the queue: it does not come back to them by itself."""
    ended_with: Id | None = None
    """Whose it was last, once it is over: a rating that comes later is for them."""


class Offer(Struct, frozen=True):
    """A transfer that its receiver has not accepted yet; at `until` it goes back to `sender`."""

    sender: Id
    until: Millis
    note: SafeText


class Offered(Struct, frozen=True):
    """Help that an operator offered to somebody who looks around."""

    operator: Id
    text: SafeText
    canned: Canned | None = None
    origin: Origin | None = None


class Looking(Struct, frozen=True):
    """A visitor who looks around without chatting; `offered` is the last help offered."""

    seen: Browsing
    """As operators see it, but for the suggestion: that follows from the moment."""
    offered: Offered | None = None


class Over:
    """A chat that is over, as it last stood on a desk; `read` is asked for it once at most."""

    def __init__(self, read: Callable[[], Chat]) -> None:
        self._read = read

    @cached_property
    def chat(self) -> Chat:
        """The chat. LedgerError: it is one of before a restart, and cannot be read."""
        return self._read()

    @property
    def timeline(self) -> tuple[Entry, ...]:
        """The chat's."""
        return self.chat.timeline


class Floor(Struct, frozen=True, eq=False):
    """Everything the reception knows. Only a `Turn` makes a new floor out of an old one."""

    staff: dict[Id, Staff]
    """By id, trainees first: the order in which equals get the next visitor."""
    desks: dict[Id, Desk]
    cases: dict[Id, Case] = {}
    """By chat: those on a desk, and those in `over`."""
    visits: dict[str, Id] = {}
    """The last chat of each visitor, as long as it is one of `cases`."""
    over: dict[Id, Over] = {}
    """Chats that are over: their visitors may come again."""
    offers: dict[Id, Offer] = {}
    """By chat."""
    browsing: dict[str, Looking] = {}
    """Who looks around without chatting, by visitor."""
    suggests: tuple[SuggestSpec, ...] = ()
    """Whom the session suggests to invite."""
    present: frozenset[Id] = frozenset()
    """Who can be given a chat: connected, or simulated."""
    typed: dict[tuple[Id, Id], Millis] = {}
    """When an operator last typed in a chat, by (operator, chat)."""
    told: dict[Id, object] = {}
    """The last presence and queue told to everybody, so that only changes are."""


def opened_floor(
    staff: Iterable[Staff], policy: Policy, suggests: tuple[SuggestSpec, ...] = ()
) -> Floor:
    """An empty house. Everybody counts as present until the first real connection says more."""
    everybody = {one.id: one for one in staff}
    queue = Desk(operator=Operator(QUEUE, clean("", SafeLine)), policy=policy)
    desks = {one.id: empty_desk(one, policy) for one in everybody.values()}
    present = frozenset(everybody)
    return Floor(everybody, desks | {QUEUE: queue}, suggests=suggests, present=present)
