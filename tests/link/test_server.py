import pytest

from operator_tui.link.server import AddressError, Server, checked_address
from operator_tui.store.secret import Secret


@pytest.mark.parametrize(
    "url",
    [
        "wss://shop.example/operator",
        "ws://127.0.0.1:8765/operator",
        "ws://localhost:8765/operator",
        "ws://[::1]:8765/operator",
        "ws://127.3.2.1/operator",
    ],
)
def test_addresses_that_are_safe_to_connect_to(url: str) -> None:
    assert checked_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "ws://shop.example/operator",
        "ws://127.0.0.1.shop.example/operator",
        "ws://0.0.0.0:8765/operator",
        "http://127.0.0.1/",
        "wss://",
        "shop.example",
        "wss://shop.example:70000/",
        "wss://anna:token@shop.example/",
        "wss://shop.example/operator?token=x",
        "wss://shop.example/operator#x",
    ],
)
def test_addresses_that_are_not(url: str) -> None:
    with pytest.raises(AddressError):
        checked_address(url)


def test_a_mistyped_user_or_query_is_not_repeated_in_the_message() -> None:
    with pytest.raises(AddressError) as error:
        checked_address("wss://anna:s3cret@shop.example/")
    assert "s3cret" not in str(error.value)


def test_plain_text_to_others_must_be_asked_for() -> None:
    url = "ws://shop.example/operator"
    assert checked_address(url, plaintext=True) == url


def test_a_server_is_named_by_host_and_port() -> None:
    assert Server("wss://shop.example:444/operator", Secret("t")).name == "shop.example:444"
