"""A server whose visitors are played by hand, and pages that know nothing but JSON."""

import itertools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from msgspec import Struct
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from operator_tui.desk.browsing import Browsing
from operator_tui.desk.model import Chat
from operator_tui.desk.policy import Policy
from operator_tui.desk.signals import BrowsingSeen
from operator_tui.desk.time import Millis
from server_stub.clock import VirtualClock
from server_stub.guests.guests import Guests
from server_stub.guests.link import BY_HAND
from server_stub.guests.route import VisitorRoute
from server_stub.house import Begin, House
from server_stub.network.host import Host, listening
from server_stub.service.ledger import Ledger
from server_stub.service.operators import Tokens
from server_stub.service.practice import Practice
from server_stub.service.presence import everything
from tests.server_stub.guests.timers import Timers
from tests.server_stub.scripted import ANNA, BRAM, POLICY, SIM, START, Scripted
from tests.server_stub.serving import TOKEN, Client, client

LINK = "a-link-for-this-session"


class Visited(Struct, frozen=True):
    """`at`: host and port. The clock stands still unless the test moves it."""

    at: str
    house: House
    guests: Guests
    stage: Scripted
    timers: Timers

    @property
    def page(self) -> str:
        return f"http://{self.at}/visitor"

    @property
    def link(self) -> str:
        return f"{self.page}#{LINK}"

    @property
    def operators(self) -> str:
        return f"ws://{self.at}/operator"

    def chats(self, operator: str = "anna") -> list[Chat]:
        return list(self.house.practice.desk(operator).chats.values())

    def passes(self, seconds: float) -> None:
        """Let the session's clock go on."""
        self.house.clock.move_to(self.house.clock.now() + round(seconds * 1_000))
        self.house.clock.pump()

    def looking(self, operator: str = "anna") -> tuple[Browsing, ...]:
        """Who looks around, as an operator is told who comes in now."""
        house = self.house
        told = everything(house.practice.floor, operator, house.clock.now())
        return next(one.signal.visitors for one in told if isinstance(one.signal, BrowsingSeen))


@asynccontextmanager
async def visited(
    stage: Scripted | None = None,
    *,
    policy: Policy = POLICY,
    local: Callable[[], float] = time.monotonic,
    practice: Practice | None = None,
) -> AsyncIterator[Visited]:
    """Serve operators and visitors; the link is `LINK`, ids are counted.

    For operators no real time passes: one who says nothing for long is not let go.

    `practice`: the session of a server that stood before.
    """
    played = stage or Scripted()
    house = _house(lambda start: practice or _practice(policy, played, start))
    tokens = Tokens({"anna": TOKEN, "bram": "bram-s-token"})
    bound = listening("127.0.0.1", 0)
    count = itertools.count(1)
    timers = Timers()

    def new_id(of: str) -> str:
        return f"{BY_HAND if of == 'visitor' else of}-{next(count)}"

    route = VisitorRoute(house, LINK, local, new_id, timers.later)
    server = await Host(house, tokens, lambda: 0.0, (), route).listen(bound)
    async with server:
        yield Visited(f"127.0.0.1:{bound.getsockname()[1]}", house, route.guests, played, timers)


def _practice(policy: Policy, stage: Scripted, start: Millis) -> Practice:
    ledger = Ledger(("anna", "bram", "sim"), lambda: "epoch")
    return Practice((ANNA, BRAM, SIM), policy, stage, start, ledger)


def _house(begin: Begin) -> House:
    return House(begin, VirtualClock(0, 0.0), rate=0.0, now=lambda: START)


class Page(Client):
    """A page without a browser."""

    state: dict[str, Any]
    """How things stand, as told last."""

    @property
    def visitor(self) -> str:
        """Who the server says this is."""
        return str(self.welcome["visitor"])

    async def gets(self, kind: str) -> dict[str, Any]:
        while True:
            frame: dict[str, Any] = msgspec.json.decode(await self.socket.recv())
            if frame["t"] == "state":
                self.state = frame
            if frame["t"] == kind:
                return frame

    async def comes(self, **more: Any) -> dict[str, Any]:  # noqa: ANN401
        """Say hello; gives how things stand."""
        frame = {"t": "hello", "v": 1, "link": LINK, "page": "https://shop.example/coats"}
        await self.sends(**(frame | more))
        self.welcome = await self.gets("welcome")
        return await self.gets("state")

    async def comes_back(self, before: "Page", **more: Any) -> dict[str, Any]:  # noqa: ANN401
        """Say hello as the visitor that another page was."""
        who = {"visitor": before.welcome["visitor"], "key": before.welcome["key"]}
        return await self.comes(**(who | more))

    async def is_invited(self) -> dict[str, Any]:
        """What is offered, as soon as something is."""
        while not self.state.get("invited"):
            await self.gets("state")
        return dict(self.state["invited"])

    async def is_not_invited(self) -> None:
        while self.state.get("invited"):
            await self.gets("state")

    async def stands(self, phase: str) -> dict[str, Any]:
        """The first state that says so."""
        while (state := await self.gets("state")).get("phase", "none") != phase:
            continue
        return state

    async def starts(self, text: str = "Does it shrink?", **more: Any) -> None:  # noqa: ANN401
        await self.sends(**({"t": "start", "id": "q1", "name": "Noor", "text": text} | more))

    async def says(self, text: str, ident: str) -> None:
        await self.sends(t="say", id=ident, text=text)

    async def reads(self, kind: str) -> dict[str, Any]:
        """The next entry of this kind."""
        while (entry := await self.gets("entry"))["kind"] != kind:
            continue
        return entry


def origin_of(served: Visited) -> str:
    return f"http://{served.at}"


@asynccontextmanager
async def page(served: Visited, **headers: str) -> AsyncIterator[Page]:
    """A page that has not said hello yet."""
    async with connect(
        f"ws://{served.at}/visitor/ws",
        additional_headers={"Origin": origin_of(served)} | headers,
        subprotocols=[Subprotocol("visitor.v1")],
        user_agent_header="Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36",
        proxy=None,
        close_timeout=1,
    ) as socket:
        yield Page(socket)


@asynccontextmanager
async def anna_at_work(served: Visited) -> AsyncIterator[Client]:
    """An operator is there, so the session has begun."""
    async with client(served.operators) as anna:
        await anna.hello()
        yield anna


async def invites(operator: Client, n: int, visitor: str, text: str) -> dict[str, Any]:
    return await operator.asks(n, f"op-{n}", "invite", visitor=visitor, text=text)


async def writes(operator: Client, n: int, chat: str, text: str) -> dict[str, Any]:
    return await operator.asks(n, f"op-{n}", "message", chat=chat, text=text)
