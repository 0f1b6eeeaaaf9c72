"""Everybody who is connected, by operator and device."""

from collections.abc import Iterable

from operator_tui.desk.entries import Id
from server_stub.peer import Closing, Peer
from server_stub.service.effects import Entered, Signalled

FENCED = (4409, "fenced")
"""How a connection ends that is not the latest of its device."""


class Peers:
    """At most one connection of each device: the latest."""

    def __init__(self) -> None:
        self._peers: dict[tuple[Id, Id], Peer] = {}

    def enter(self, operator: Id, device: Id, peer: Peer) -> None:
        """Let a connection in, and stop the one that is no longer the device's.

        Raises `Closing` where the device has a newer one: a hello can be under way for so long
        that the client has given it up and come again.
        """
        older = self._peers.get((operator, device))
        if older is not None and older.came > peer.came:
            raise Closing(*FENCED)
        self._peers[operator, device] = peer
        if older is not None:
            older.stop(Closing(*FENCED))

    def leave(self, operator: Id, device: Id, peer: Peer) -> bool:
        """Let a connection go; False: it was the device's no longer."""
        if self._peers.get((operator, device)) is not peer:
            return False
        del self._peers[operator, device]
        return True

    def present(self) -> set[Id]:
        """The operators who are connected."""
        return {operator for operator, _ in self._peers}

    def of(self, operator: Id) -> Iterable[Peer]:
        """All connections of an operator."""
        return [peer for (who, _), peer in self._peers.items() if who == operator]

    def pass_on(self, effects: Iterable[Entered | Signalled]) -> None:
        """Let each operator's connections know."""
        for effect in effects:
            for peer in self.of(effect.operator):
                if isinstance(effect, Signalled):
                    peer.signal(effect.signal, effect.ttl)
                else:
                    peer.ring()

    def beat(self) -> None:
        """Let every connection send a heartbeat at once."""
        for peer in self._peers.values():
            peer.beat()

    def stop_of(self, operator: Id, closing: Closing, *, but: Peer | None = None) -> None:
        """Close the connections of an operator."""
        for peer in self.of(operator):
            if peer is not but:
                peer.stop(closing)

    def stop(self, closing: Closing) -> None:
        """Close every connection, and know none any more."""
        peers, self._peers = self._peers, {}
        for peer in peers.values():
            peer.stop(closing)
