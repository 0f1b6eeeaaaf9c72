import pytest

from operator_tui.desk.signals import Signal
from operator_tui.desk.time import Millis
from server_stub.peer import Closing
from server_stub.peers import Peers


class Connection:
    def __init__(self, came: int) -> None:
        self.came = came
        self.stopped: list[int] = []

    def ring(self) -> None: ...
    def signal(self, signal: Signal, ttl: Millis) -> None: ...
    def beat(self) -> None: ...
    def stop(self, closing: Closing) -> None:
        self.stopped.append(closing.code)


def test_a_later_connection_of_a_device_takes_the_place_of_the_earlier() -> None:
    peers, first, second = Peers(), Connection(1), Connection(2)
    peers.enter("anna", "laptop", first)
    peers.enter("anna", "laptop", second)
    assert (first.stopped, second.stopped) == ([4409], [])
    assert list(peers.of("anna")) == [second]


def test_a_hello_that_comes_late_does_not_fence_the_connection_that_came_instead() -> None:
    peers, first, second = Peers(), Connection(1), Connection(2)
    peers.enter("anna", "laptop", second)
    with pytest.raises(Closing) as closing:
        peers.enter("anna", "laptop", first)
    assert closing.value.code == 4409
    assert list(peers.of("anna")) == [second]
    assert second.stopped == []


def test_another_device_or_operator_is_not_in_the_way() -> None:
    peers, first, second = Peers(), Connection(1), Connection(2)
    peers.enter("anna", "laptop", second)
    peers.enter("anna", "phone", first)
    peers.enter("bram", "laptop", first)
    assert second.stopped == []
