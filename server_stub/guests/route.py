"""`/visitor`: the page, its files, and the socket that they speak through."""

import asyncio
import logging
import uuid
from collections.abc import Callable, Collection, Iterable
from http import HTTPStatus

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import NegotiationError
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from operator_tui.crash import report
from operator_tui.desk.entries import Id
from server_stub.guests.browser import browser_of
from server_stub.guests.connection import serve_visitor
from server_stub.guests.files import Files
from server_stub.guests.frames import SUBPROTOCOL
from server_stub.guests.guests import Guests
from server_stub.guests.link import Link, new_visitor
from server_stub.guests.lookers import Later
from server_stub.house import House

log = logging.getLogger(__name__)

PAGE_PATH = "/visitor"
SOCKET_PATH = "/visitor/ws"


def path_of(request: Request) -> str:
    """The request's path without its query."""
    return request.path.partition("?")[0]


def new_id(of: str) -> Id:
    """A new name for a visitor, a chat or a conversation."""
    return new_visitor() if of == "visitor" else str(uuid.uuid4())


def later(seconds: float, does: Callable[[], None]) -> object:
    """Do it after so many real seconds."""
    return asyncio.get_running_loop().call_later(seconds, does)


class VisitorRoute:
    """What the host asks about everything under `/visitor`, for one link."""

    def __init__(
        self,
        house: House,
        capability: str,
        local: Callable[[], float],
        new_id: Callable[[str], Id] = new_id,
        later: Later = later,
    ) -> None:
        self._local, self._files = local, Files()
        self.guests = Guests(house, Link(capability), local, new_id, later)

    def serves(self, request: Request) -> bool:
        """Whether the request is for this route."""
        path = path_of(request)
        return path == PAGE_PATH or path.startswith(f"{PAGE_PATH}/")

    def answer(
        self, peer: ServerConnection, request: Request, origins: Collection[str]
    ) -> Response | None:
        """A file, a refusal, or None: the upgrade may go on. The `Host` is checked already."""
        path = path_of(request)
        if path != SOCKET_PATH:
            found = self._files.response(peer, path)
            return found or peer.respond(HTTPStatus.NOT_FOUND, "Not Found\n")
        given = request.headers.get_all("Origin")
        if len(given) != 1 or given[0].lower() not in origins:
            log.info("visitor's upgrade refused: origin")
            return peer.respond(HTTPStatus.FORBIDDEN, "Forbidden\n")
        return None

    async def handle(self, peer: ServerConnection, request: Request) -> None:
        """Speak with a page that has been let through."""
        agents = request.headers.get_all("User-Agent")
        try:
            await serve_visitor(
                peer, self.guests, browser_of(agents[0] if agents else ""), self._local
            )
        except Exception as error:
            log.warning("connection of a visitor ended by %s", report(error))
            await peer.close(1011)


def chosen_subprotocol(
    request: Request | None, offered: Iterable[Subprotocol], operators: str
) -> Subprotocol:
    """The one that is spoken at the request's path. `NegotiationError`: it is not offered."""
    visitor = request is not None and path_of(request) == SOCKET_PATH
    wanted = Subprotocol(SUBPROTOCOL if visitor else operators)
    if wanted not in offered:
        raise NegotiationError(f"only {wanted} is spoken here")
    return wanted
