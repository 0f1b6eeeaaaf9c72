"""Sockets and routes: who may connect, decided before the upgrade."""

import logging
import os
import socket
import ssl
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import cast

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response

from operator_tui.crash import report
from operator_tui.wire.frames import FRAME_LIMIT, SUBPROTOCOL
from server_stub.connection import serve_operator
from server_stub.guests.route import VisitorRoute, chosen_subprotocol
from server_stub.house import House
from server_stub.network.doors import Doors
from server_stub.network.names import Names
from server_stub.service.operators import Tokens

log = logging.getLogger(__name__)

OPERATOR_PATH = "/operator"
WRITE_LIMIT = 64 * 1024
FRAMES_AHEAD = 4
"""Frames of a client that wait to be read: with the limit of a frame this bounds memory."""
OPEN_WITHIN = 5.0
"""Seconds for TLS and the upgrade."""
CLOSE_WITHIN = 1.0

_silent = logging.Logger("server_stub.websockets", logging.CRITICAL + 1)
"""The library's own log would hold Authorization headers and visitors' words."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens on `host` and `port` (0: any free one). OSError: it cannot be had.

    Its protocol is named, or asyncio would leave Nagle's delay on: 40 ms on every second frame.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen()
    except OSError:
        bound.close()
        raise
    return bound


class Host:
    """The server's port. `names`: more names under which clients may ask for it.

    `visitors`: what is under `/visitor`; None: nothing.
    """

    def __init__(
        self,
        house: House,
        tokens: Tokens,
        local: Callable[[], float],
        names: Iterable[str] = (),
        visitors: VisitorRoute | None = None,
        *,
        tls: ssl.SSLContext | None = None,
        doors: Doors | None = None,
    ) -> None:
        self._tls, self._doors = tls, doors or Doors()
        self._visitors = visitors
        self._house, self._tokens, self._local = house, tokens, local
        self._named = tuple(names)
        self._names: Names | None = None

    async def listen(self, bound: socket.socket) -> Server:
        """Serve on a socket that is bound and listens already, until the server is closed."""
        self._names = Names(self._named, bound, tls=self._tls is not None)
        return await serve(
            self._handle,
            sock=bound,
            ssl=self._tls,
            ssl_handshake_timeout=None if self._tls is None else OPEN_WITHIN,
            create_connection=cast("type[ServerConnection]", self._doors.connection),
            open_timeout=OPEN_WITHIN,
            process_request=self._answer,
            select_subprotocol=lambda peer, offered: chosen_subprotocol(
                peer.request, offered, SUBPROTOCOL
            ),
            compression=None,
            ping_interval=None,
            close_timeout=CLOSE_WITHIN,
            max_size=FRAME_LIMIT,
            max_queue=FRAMES_AHEAD,
            write_limit=WRITE_LIMIT,
            server_header=None,
            logger=_silent,
        )

    def _answer(self, peer: ServerConnection, request: Request) -> Response | None:
        """None lets the upgrade go on; anything else is the answer."""
        visitors = self._visitors_for(peer, request)
        if visitors is not None and self._names is not None:
            return visitors.answer(peer, request, self._names.origins(peer))
        status = self._refusal(peer, request)
        if status is not None:
            log.info("upgrade refused: %d", status)
            response = peer.respond(status, f"{status.phrase}\n")
            if status is HTTPStatus.UNAUTHORIZED:
                response.headers["WWW-Authenticate"] = "Bearer"
            return response
        return None

    def _refusal(self, peer: ServerConnection, request: Request) -> HTTPStatus | None:
        """A web page must not drive the server, nor a name that is not ours lead to it."""
        if not self._is_ours(peer, request):
            log.info("asked for by a name that is not its own")
            return HTTPStatus.FORBIDDEN
        if request.path != OPERATOR_PATH:
            return HTTPStatus.NOT_FOUND
        if request.headers.get_all("Origin"):
            return HTTPStatus.FORBIDDEN
        return None if self._operator(request) is not None else HTTPStatus.UNAUTHORIZED

    def _is_ours(self, peer: ServerConnection, request: Request) -> bool:
        return self._names is not None and self._names.has(peer, request)

    def _visitors_for(self, peer: ServerConnection, request: Request) -> VisitorRoute | None:
        """The visitors' route, when the request is for it and came by a name of ours."""
        visitors = self._visitors
        if visitors is None or not visitors.serves(request) or not self._is_ours(peer, request):
            return None
        return visitors

    def _operator(self, request: Request) -> str | None:
        """Whose token the request bears."""
        given = request.headers.get_all("Authorization")
        scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
        return self._tokens.holder(token.strip()) if scheme.lower() == "bearer" else None

    async def _handle(self, peer: ServerConnection) -> None:
        if peer.request is not None and (visitors := self._visitors_for(peer, peer.request)):
            await visitors.handle(peer, peer.request)
            return
        request = peer.request
        operator = None if request is None else self._operator(request)
        if request is None or operator is None:
            await peer.close(4401)
            return
        try:
            await serve_operator(
                peer,
                operator,
                self._house,
                self._local,
                still=lambda: self._operator(request) == operator,
            )
        except Exception as error:
            log.warning("connection of operator %s ended by %s", operator, report(error))
            await peer.close(1011)
