from pathlib import Path

import pytest

from server_stub.guests.browser import browser_of
from server_stub.guests.link import Link, capability_in, new_visitor


def test_a_session_that_goes_on_keeps_its_link_and_another_one_has_another(tmp_path: Path) -> None:
    first = capability_in(tmp_path, goes_on=False)
    assert capability_in(tmp_path, goes_on=True) == first
    assert capability_in(tmp_path, goes_on=False) != first


def test_only_the_owner_can_read_the_link(tmp_path: Path) -> None:
    capability_in(tmp_path, goes_on=False)
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_key_is_one_visitors_under_one_link() -> None:
    link, noor, piet = Link("one"), new_visitor(), new_visitor()
    assert link.is_key(noor, link.key(noor))
    assert not link.is_key(piet, link.key(noor))
    assert not Link("two").is_key(noor, link.key(noor))
    assert not link.is_key(noor, "\ud800")


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1"
                " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
            ),
            ("iOS", "Safari", "phone"),
        ),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
                " (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
            ),
            ("Windows", "Edge", "computer"),
        ),
        (
            "Mozilla/5.0 (Android 15; Tablet; rv:140.0) Firefox/140.0",
            ("Android", "Firefox", "tablet"),
        ),
        ("\x1b[2J", ("", "", "computer")),
        ("", ("", "", "")),
    ],
)
def test_what_a_browser_says_of_itself_is_told_in_words(
    agent: str, told: tuple[str, str, str]
) -> None:
    seen = browser_of(agent)
    assert (seen.system, seen.browser, seen.device) == told
