"""A server that somebody else wrote, from docs/protocol.md alone, and that means harm.

It speaks `operator.v1` in plain dicts, and puts an attack into every text that the protocol has:
one chat for each attack, so that even the shortest field holds a whole one.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from tests.walk.attacks import CANARY, ESC
from tests.walk.hostile_values import NOW, Json, Values

TOKEN = "hostile-server-token"  # noqa: S105
FRAME = 65_536
PIECE = 6_000
"""Characters of a snapshot's part: each may take twelve bytes once it is spelt as an escape."""
REFUSALS = ("not_yours", "no_place", "gibberish", "too_long", "unknown_command")

Trick = Callable[["HostileServer"], Awaitable[None]]


class HostileServer:
    """One operator's log, and one connection at a time."""

    def __init__(self, attacks: Mapping[str, str]) -> None:
        self.values = Values(attacks)
        self.log: list[Json] = []
        self.ops: list[Json] = []
        """Every command heard, in order."""
        self.connections = 0
        self.cursor = 0
        """How far the client says that it has read."""
        self.open = True
        """Whether anybody is let in; otherwise the answer is a hostile 503."""
        self.noticed: Callable[[], None] = lambda: None
        self.url = ""
        self.greeting: Trick | None = None
        """What it says instead of a welcome."""
        self._device = ""
        self._done: dict[str, Json] = {}
        self._socket: ServerConnection | None = None

    # what is said

    def heard(self, kind: str) -> list[Json]:
        """The commands of a kind."""
        return [op for op in self.ops if op["command"]["kind"] == kind]

    async def says(self, **frame: object) -> None:
        """Send a frame as it is; lost when nobody is connected."""
        await self.sends(json.dumps(frame))

    async def sends(self, data: str | bytes) -> None:
        """Send anything at all."""
        if self._socket is not None:
            try:
                await self._socket.send(data)
            except ConnectionClosed:
                self._socket = None

    async def logs(self, kind: str, chat: int | None = None, **members: object) -> None:
        """Put an event into the log, and tell it."""
        await self.sends(written(self._logged(kind, chat, **members)))

    async def logs_longest(self, chat: int, sign: str) -> None:
        """A message of nothing but `sign`, in a frame that is full to its last byte."""
        message = self.values.message(chat, "")
        frame = self._logged("message", chat, message=message)
        room = FRAME - len(json.dumps(frame))
        message["text"] = sign * (room // (len(json.dumps(sign)) - 2))
        await self.sends(json.dumps(frame).ljust(FRAME))

    def _logged(self, kind: str, chat: int | None = None, **members: object) -> Json:
        event = {"kind": kind, **({} if chat is None else {"chat": f"chat-{chat}"}), **members}
        self.log.append({"t": "event", "seq": len(self.log) + 1, "at": NOW, "event": event})
        return self.log[-1]

    async def hangs_up(self, code: int, reason: str = "") -> None:
        """Close the connection, with a reason of the peer's own."""
        if self._socket is not None:
            await self._socket.close(code, reason[:40])

    # a connection

    async def connected(self, socket: ServerConnection) -> None:
        """Welcome, what was missed, what is true now; then answer what comes."""
        self._socket = socket
        self.connections += 1
        hello = json.loads(await socket.recv())
        if self.greeting is not None:
            await self.greeting(self)
            return
        await self._welcome(hello)
        await self._signals()
        self.noticed()
        try:
            async for data in socket:
                await self._answer(json.loads(data))
                self.noticed()
        except ConnectionClosed:
            pass

    async def _welcome(self, hello: Json) -> None:
        self._device = hello["device"]
        resumes = hello.get("epoch") == "epoch-1"
        values = self.values
        about = {"operator": values.operator, "policy": values.policy, "motd": values.attack(2)}
        stand = {"epoch": "epoch-1", "head": len(self.log), "last_n": len(self._done)}
        time = {"now": NOW, "rate": 1.0, "heartbeat": 100}
        mode = "resume" if resumes else "snapshot"
        await self.says(t="welcome", v=1, mode=mode, **about, **stand, **time)
        seq = hello.get("seq", 0) if resumes else await self._snapshot()
        for frame in self.log[seq:]:
            await self.sends(written(frame))

    async def _snapshot(self) -> int:
        whole = json.dumps(self.values.desk())
        if len(self.values.attacks) > 1:
            whole = whole.replace("\\ud800", "\ud800")  # half a character, in the piece itself
        pieces = [whole[at : at + PIECE] for at in range(0, len(whole), PIECE)]
        for part, piece in enumerate(pieces):
            last = part == len(pieces) - 1
            await self.says(t="snapshot", part=part, last=last, seq=0, piece=piece)
        return 0

    async def _signals(self) -> None:
        for number, attack in enumerate(self.values.attacks):
            colleague = {"id": f"col-{number}", "name": attack, "languages": ["nl", "zz"]}
            places = {"available": number % 4 != 3, "taken": number % 3, "places": 2}
            await self._signal({"kind": "colleague", "colleague": colleague | places})
            typing = {"kind": "visitor_typing", "chat": f"chat-{number}", "preview": attack}
            await self._signal(typing)
        await self._signal({"kind": "queue", "length": 999_999, "since": 0})
        await self._signal({"kind": self.values.attack(0), "chat": self.values.attack(1)})

    async def _signal(self, signal: Json) -> None:
        await self.says(t="signal", signal=signal, ttl=600_000)

    async def _answer(self, frame: Json) -> None:
        match frame["t"]:
            case "heartbeat":
                self.cursor = frame.get("seq", 0)
                await self.says(t="heartbeat", head=len(self.log), now=NOW, rate=1.0)
            case "op":
                self.ops.append(frame)
                await self._do(frame)

    async def _do(self, op: Json) -> None:
        """What was asked for, or a lie about it."""
        command, number = op["command"], len(self._done)
        done: Json = {"t": "result", "n": op["n"], "id": op["id"], "ok": True}
        match command["kind"]:
            case "message" | "note":
                await self._written(op)
            case "availability":
                await self.logs("availability", available=command["available"])
            case _:
                code = REFUSALS[number % len(REFUSALS)]
                done |= {"ok": False, "code": code, "detail": self.values.attack(number)}
        self._done[op["id"]] = done | {"seq": len(self.log)}
        await self.says(**self._done[op["id"]])

    async def _written(self, op: Json) -> None:
        """The operator's own words come back as other words."""
        command = op["command"]
        number = int(command["chat"].removeprefix("chat-"))
        author = {"kind": "operator", "name": self.values.attack(number), "id": "op"}
        origin = {"device": self._device, "n": op["n"], "op": op["id"]}
        about = {"author": author, "note": command["kind"] == "note", "origin": origin}
        text = f"{self.values.attack(number)}\nback{op['n']:02}"
        await self.logs("message", number, message=self.values.message(number, text, **about))


def written(frame: Json) -> str:
    """All in escapes, or where that is too long for a frame in letters."""
    data = json.dumps(frame)
    return data if len(data) <= FRAME else json.dumps(frame, ensure_ascii=False)


@asynccontextmanager
async def serving(server: HostileServer) -> AsyncIterator[HostileServer]:
    """The server on a port of its own; it looks at the token, as any server would."""

    def process(connection: ServerConnection, request: Request) -> Response | None:
        if not server.open:
            return hostile_page(connection, HTTPStatus.SERVICE_UNAVAILABLE)
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return hostile_page(connection, HTTPStatus.UNAUTHORIZED)
        return None

    async with serve(
        server.connected,
        "127.0.0.1",
        0,
        subprotocols=[Subprotocol("operator.v1")],
        process_request=process,
        max_size=None,
        close_timeout=0.2,
        compression=None,
    ) as listening:
        port = next(iter(listening.sockets)).getsockname()[1]
        server.url = f"ws://127.0.0.1:{port}/operator"
        yield server


def hostile_page(connection: ServerConnection, status: HTTPStatus) -> Response:
    """The answer to an upgrade, with what can be hostile in one."""
    response = connection.respond(status, f"{ESC}]2;{CANARY}\x07{ESC}[2J")
    response.reason_phrase = f"{CANARY} \x9b31m"
    response.headers["X-Evil"] = f"\x9d2;{CANARY}\x9c"
    return response
