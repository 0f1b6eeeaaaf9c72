"""One connection: opened, read, written, and closed. Everything that can go wrong has a name."""

import asyncio
import errno
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from operator_tui.link.server import Server, is_loopback
from operator_tui.link.trust import TrustError, context_of
from operator_tui.wire import codec
from operator_tui.wire.close_codes import NO_CLOSE, TOO_LONG
from operator_tui.wire.frames import FRAME_LIMIT, SUBPROTOCOL, FromClient

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

OPEN_WITHIN = 10.0
PING_EVERY, PONG_WITHIN, CLOSE_WITHIN = 10.0, 10.0, 1.0
"""Seconds. The library's own keepalive comes on top of the heartbeats, and measures the lag."""

CUT_OFF = 4 * FRAME_LIMIT
"""Bytes of a frame at which the connection ends. One that is only over its limit is counted and
left out: were it an event, every resuming would end at it."""

UNSENT_MOST = 256
"""Frames that wait for a server that does not read; with one more the connection ends. Commands
under way are 16 at most: the others are heartbeats, typing and questions."""

NO_WAY = (OSError, EOFError, ValueError, ImportError)
"""What else opening may end in. A proxy of the environment may be no address (ValueError), or of
a kind that needs what is not installed (ImportError); then there is no way, but no crash either."""

REFUSALS = {401: "token", 403: "forbidden"}
"""HTTP answers to the upgrade after which only a person can help."""


class RefusedError(Exception):
    """Trying again would not help; `reason`: `token`, `forbidden`, `version`, `certificate`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnreachableError(Exception):
    """There is no connection now; later there may be. `failure` as in `Connection`."""

    def __init__(self, failure: str, cause: str = "") -> None:
        super().__init__(cause or failure)
        self.failure = failure


class Socket:
    """A connection that is open. Sending never waits: delivery bounds what is under way."""

    def __init__(self, connection: "ClientConnection") -> None:
        self._connection = connection
        self._too_long = False
        self._outgoing: asyncio.Queue[str] = asyncio.Queue(UNSENT_MOST)
        self._tasks = {asyncio.create_task(self._write()), asyncio.create_task(self._measure())}

    @property
    def lag(self) -> int | None:
        """The last round trip in milliseconds, once measured."""
        seconds = self._connection.latency
        return round(seconds * 1_000) if seconds else None

    @property
    def close_code(self) -> int:
        """Why it ended; `TOO_LONG` whenever we ended it for that, whatever the server answered, and
        only then: with the same code the server would speak of a frame of ours, an accident."""
        said = self._connection.close_code or NO_CLOSE
        if self._too_long:
            return TOO_LONG
        return NO_CLOSE if said == TOO_LONG else said

    def send(self, frame: FromClient) -> None:
        """Queue a frame; a server that takes none of them has not got a connection."""
        if self._outgoing.full():
            self._connection.transport.abort()
        else:
            self._outgoing.put_nowait(codec.encode(frame))

    def close(self, *, abort: bool) -> None:
        """End it, with `abort` at once and without a word."""
        if abort:
            self._connection.transport.abort()
        else:
            self._tasks.add(asyncio.create_task(self._connection.close()))

    async def arriving(self) -> AsyncIterator[bytes]:
        """What arrives, until the connection ends; then everything of it is cleaned up."""
        from websockets.exceptions import ConnectionClosed  # noqa: PLC0415

        try:
            while True:
                yield await self._connection.recv(decode=False)
        except ConnectionClosed as closed:
            said_first = None if closed.rcvd_then_sent else closed.sent
            self._too_long = said_first is not None and said_first.code == TOO_LONG
        finally:
            for task in self._tasks:
                task.cancel()
            self._connection.transport.abort()

    async def _write(self) -> None:
        from websockets.exceptions import ConnectionClosed  # noqa: PLC0415

        with suppress(ConnectionClosed):
            while True:
                await self._connection.send(await self._outgoing.get())

    async def _measure(self) -> None:
        """One ping at once: the keepalive's first one comes after ten seconds."""
        from websockets.exceptions import ConnectionClosed  # noqa: PLC0415

        with suppress(ConnectionClosed):
            await (await self._connection.ping())


async def dial(server: Server) -> Socket:
    """Open a connection, or raise `RefusedError` or `UnreachableError`."""
    # Imported only now: it takes a third of a second, and the first frame is painted by then.
    from websockets.exceptions import InvalidStatus, WebSocketException  # noqa: PLC0415

    try:
        connection = await _connected(server)
    except (ssl.SSLCertVerificationError, TrustError) as error:
        raise RefusedError("certificate") from error
    except InvalidStatus as error:
        status = error.response.status_code
        if status in REFUSALS:
            raise RefusedError(REFUSALS[status]) from error
        raise UnreachableError(f"http {status}") from error
    except (WebSocketException, *NO_WAY) as error:
        raise UnreachableError(failure_of(error), type(error).__name__) from error
    if connection.subprotocol != SUBPROTOCOL:
        connection.transport.abort()
        raise RefusedError("version")
    return Socket(connection)


def failure_of(error: BaseException) -> str:
    """What stood in the way, as in `Connection.failure`."""
    from websockets.exceptions import InvalidHandshake, InvalidMessage, ProxyError  # noqa: PLC0415

    match error:
        case ProxyError():
            return "way"
        case InvalidMessage() | InvalidHandshake():
            return "no_websocket"
        case TimeoutError():
            return "timeout"
        case socket.gaierror():
            return "name"
        case OSError() if f"[Errno {errno.ECONNREFUSED}]" in str(error):
            return "refused"  # also where a name has several addresses, and none answers
        case _:
            return "way"


async def _connected(server: Server) -> "ClientConnection":
    from websockets.typing import Subprotocol  # noqa: PLC0415

    from operator_tui.link.straight import Straight  # noqa: PLC0415

    return await Straight(
        server.url,
        ssl=context_of(server.ca_file) if server.url.startswith("wss:") else None,
        additional_headers={"Authorization": f"Bearer {server.token.reveal()}"},
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        proxy=None if is_loopback(urlsplit(server.url).hostname or "") else True,
        compression=None,
        user_agent_header=None,
        open_timeout=OPEN_WITHIN,
        ping_interval=PING_EVERY,
        ping_timeout=PONG_WITHIN,
        close_timeout=CLOSE_WITHIN,
        max_size=CUT_OFF,
    )
