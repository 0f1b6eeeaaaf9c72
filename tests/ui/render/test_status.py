from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from operator_tui.desk.model import Desk, Overlay
from operator_tui.link.backend import Connection, LinkState
from operator_tui.ui.render.status import Truth, status_strip
from tests.ui import chats
from tests.ui.painted import style_of

NIGHT = chats.look()
LIVE = Connection(LinkState.LIVE, lag=12)
LOST = Connection(LinkState.LOST, since=100.0, next_try=117.0)


def truth(**facts: object) -> Truth:
    given = {
        "desk": chats.model_desk(),
        "now": chats.NOW,
        "connection": LIVE,
        "rate": 1.0,
        "local": 114.0,
        "zone": UTC,
    }
    return Truth(**given | facts)  # type: ignore[arg-type]


def line(width: int, **facts: object) -> str:
    strip = status_strip(truth(**facts), width, NIGHT)
    assert strip.cell_length == width
    return strip.text


def said(width: int, **facts: object) -> list[str]:
    """The parts of the line."""
    return [part.strip() for part in line(width, **facts).split("  ") if part.strip()]


def unsent(n: int) -> Desk:
    return chats.desk(chats.neutral(overlay=Overlay(unsent=n)))


def test_a_wide_screen_says_everything() -> None:
    assert said(140) == [
        *("Anna ● available", "8 of 12"),
        *("1 new", "1 passed", "1 late", "2 reply", "1 quiet"),
        *("queue 3, longest 1:40", "live 12 ms", "13:06:48"),
    ]


@pytest.mark.parametrize(
    ("width", "queue"),
    [
        *((130, "queue 3, longest 1:40"), (120, "queue 3"), (99, "queue 3")),
        *((80, ""), (79, "queue 3, longest 1:40"), (60, "queue 3")),
    ],
)
def test_the_queue_folds_first_and_only_where_there_is_no_room(width: int, queue: str) -> None:
    assert [part for part in said(width) if part.startswith("queue")] == [queue] * bool(queue)


def test_under_110_the_lag_goes() -> None:
    assert said(109)[-2:] == ["live", "13:06:48"]


def test_under_100_places_and_availability_are_signs() -> None:
    assert said(100)[:2] == ["Anna ● available", "8 of 12"]
    assert said(99)[0] == "Anna ● 8/12"


def test_under_80_there_are_hours_and_minutes_and_passed_is_new() -> None:
    assert said(80) == [
        "Anna ● 8/12",
        "1 new",
        "1 passed",
        "1 late",
        "2 reply",
        "1 quiet",
        "live",
        "13:06:48",
    ]
    assert said(79) == [
        *("Anna ● 8/12", "2 new", "1 late", "2 reply"),
        *("queue 3, longest 1:40", "live", "13:06"),
    ]


@pytest.mark.parametrize("width", [60, 80, 140])
def test_who_is_away_is_told_so_at_every_width(width: int) -> None:
    away = structs.replace(chats.model_desk(), available=False)
    assert said(width, desk=away)[0].startswith("Anna ○ away")


def test_a_count_of_nothing_is_not_said() -> None:
    assert said(140, desk=chats.desk()) == ["Anna ● available", "0 of 12", "live 12 ms", "13:06:48"]


@pytest.mark.parametrize(("n", "told"), [(1, "1 chat does not fit"), (9, "9 chats do not fit")])
@pytest.mark.parametrize("width", [60, 140])
def test_that_chats_stand_nowhere_is_said_at_every_width(n: int, told: str, width: int) -> None:
    full = structs.replace(chats.model_desk(), beyond=n)
    assert told in said(width, desk=full)


def test_replies_that_are_held_are_counted() -> None:
    held = chats.desk(chats.neutral(overlay=Overlay(held=2)))
    assert "2 held" in said(100, desk=held)


@pytest.mark.parametrize(
    ("rate", "clock"), [(4.0, "13:06:48 x4"), (0.5, "13:06:48 x0.5"), (1.0, "13:06:48")]
)
def test_the_clock_says_its_rate_when_it_is_not_one(rate: float, clock: str) -> None:
    assert said(100, rate=rate)[-1] == clock


def test_a_paused_clock_is_a_filled_word() -> None:
    strip = status_strip(truth(rate=0.0), 140, NIGHT)
    assert style_of(strip, "clock paused by the trainer")[1] == NIGHT.colour("signal.warning")
    assert said(140, rate=0.0)[-2:] == ["live 12 ms", "13:06:48"]


def test_only_under_80_a_paused_clock_takes_the_place_of_the_connection() -> None:
    assert said(79, rate=0.0)[-2:] == ["clock paused", "13:06"]
    assert said(80, rate=0.0)[-3:] == ["clock paused", "live", "13:06:48"]
    uncertain = Connection(LinkState.UNCERTAIN)
    assert "connection uncertain" in said(79, rate=0.0, connection=uncertain)


def test_a_paused_clock_says_less_before_a_visitor_who_waits_is_left_out() -> None:
    parts = said(80, rate=0.0)
    assert "clock paused" in parts
    assert {"1 new", "1 passed", "1 late"} <= set(parts)


def test_what_waits_here_outlives_the_next_try() -> None:
    assert said(45, connection=LOST, desk=unsent(1)) == [
        "connection lost 0:14",
        "1 reply waits here",
    ]


def test_an_uncertain_connection_is_a_word_in_the_ink_of_a_warning() -> None:
    strip = status_strip(truth(connection=Connection(LinkState.UNCERTAIN)), 80, NIGHT)
    ink, ground, _ = style_of(strip, "connection uncertain")
    assert (ink, ground) == (NIGHT.colour("signal.warning"), NIGHT.colour("ground.raised"))


@pytest.mark.parametrize(
    ("width", "parts"),
    [
        (
            100,
            [
                "connection lost 0:14",
                "1 reply waits here, nothing is lost",
                "next try in 3 s",
                "13:06:48",
            ],
        ),
        (80, ["connection lost 0:14", "1 reply waits here, nothing is lost", "next try in 3 s"]),
        (60, ["connection lost 0:14", "1 reply waits here", "next try in 3 s"]),
    ],
)
def test_a_lost_connection_says_since_when_and_what_waits(width: int, parts: list[str]) -> None:
    assert said(width, connection=LOST, desk=unsent(1)) == parts


@pytest.mark.parametrize(("n", "said_of"), [(1, "1 unsent text: w"), (3, "3 unsent texts: w")])
def test_where_a_text_has_no_chat_any_more_the_line_says_so_and_where(n: int, said_of: str) -> None:
    assert said(100, connection=LOST, desk=unsent(1), stranded=n)[:2] == [
        "connection lost 0:14",
        f"1 reply waits here, {said_of}",
    ]
    assert said(60, connection=LOST, desk=unsent(1), stranded=n)[1] == "1 reply waits here"


def test_a_disk_that_takes_nothing_is_not_called_a_lost_connection() -> None:
    full = structs.replace(LOST, reason="disk")
    for width, what_now in ((100, "make room: nothing new is kept"), (60, "make room")):
        told = ["the disk takes nothing 0:14", what_now, "next try in 3 s"]
        assert said(width, connection=full, desk=unsent(1))[:3] == told


def test_a_server_that_sends_too_much_is_not_called_a_lost_connection() -> None:
    flooded = structs.replace(LOST, failure="too_long")
    for width, waits in (
        (100, "1 reply waits here; tell who runs the server"),
        (60, "1 reply waits here"),
    ):
        told = ["the server sends too much 0:14", waits]
        assert said(width, connection=flooded, desk=unsent(1))[:2] == told


def test_a_lost_connection_takes_the_whole_line() -> None:
    strip = status_strip(truth(connection=LOST), 100, NIGHT)
    assert {run.style.bgcolor.name for run in strip if run.style and run.style.bgcolor} == {
        NIGHT.colour("signal.warning")
    }


def test_lost_wins_over_paused() -> None:
    assert "paused" not in line(140, connection=LOST, rate=0.0)


def test_the_moment_of_the_try_itself() -> None:
    assert "trying now" in said(100, connection=LOST, local=117.0)
    assert "trying now" in said(100, connection=structs.replace(LOST, next_try=None))


def test_without_a_reply_that_waits_it_says_that_one_would() -> None:
    assert "what you write waits here, nothing is lost" in said(120, connection=LOST)


WHYS = ("token", "forbidden", "version", "certificate", "fenced")


@pytest.mark.parametrize("reason", [*WHYS, None, "e\x1b[2Jx"])
@pytest.mark.parametrize("width", [60, 100])
def test_a_stopped_connection_says_why_and_what_to_do(reason: str | None, width: int) -> None:
    stopped = Connection(LinkState.STOPPED, reason=reason)
    strip = status_strip(truth(connection=stopped), width, NIGHT)
    assert strip.text.isprintable()
    assert len(said(width, connection=stopped)) >= 2
    assert {run.style.bgcolor.name for run in strip if run.style and run.style.bgcolor} == {
        NIGHT.colour("signal.error")
    }


def test_a_refused_token_as_in_the_model() -> None:
    stopped = Connection(LinkState.STOPPED, reason="token")
    assert said(100, connection=stopped) == [
        "the server refused the token",
        "ask for a new one; drafts are kept",
        "stopped",
    ]


def test_an_address_that_is_not_the_servers_says_what_to_use() -> None:
    stopped = Connection(LinkState.STOPPED, reason="forbidden")
    assert said(100, connection=stopped) == [
        "the server has another address",
        "ask who runs the server; drafts are kept",
        "stopped",
    ]


def test_before_the_first_snapshot_there_is_only_the_connection() -> None:
    first = Connection(server="shop.example")
    assert said(80, desk=None, connection=first, rate=0.0) == ["connecting to shop.example"]


def test_counts_and_names_never_push_connection_and_clock_away() -> None:
    many = chats.desk(
        *(chats.new(f"n{i}") for i in range(1_000)), *chats.each_state(), places=1_000
    )
    long = structs.replace(
        many.operator, name=chats.line("Aleksandra Wiśniewska-Brzęczyszczykiewicz")
    )
    parts = said(80, desk=structs.replace(many, operator=long))
    assert parts[-2:] == ["live", "13:06:48"]
    assert "1001 new" in parts


@given(
    st.integers(1, 200), st.sampled_from(LinkState), st.sampled_from([0.0, 1.0, 8.0]), st.booleans()
)
def test_the_line_is_as_wide_as_the_screen(
    width: int, state: LinkState, rate: float, empty: bool
) -> None:
    desk = None if empty else chats.model_desk()
    line(width, desk=desk, connection=Connection(state, server="shop.example"), rate=rate)
