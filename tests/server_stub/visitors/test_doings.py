"""What visitors do beside writing: their past, asides, patience, and what they are made to do."""

import pytest

from operator_tui.desk.text import clean
from operator_tui.desk.time import DAY, HOUR, MINUTE, SECOND, Millis
from server_stub.plays.actions import read_action
from server_stub.plays.intents import built_in
from server_stub.plays.reading import parse
from server_stub.plays.spans import Span
from server_stub.visitors.acts import (
    Act,
    Acted,
    Browses,
    Closes,
    IgnoresInvitation,
    Leaves,
    Opens,
    Reactivates,
    Returns,
    Says,
    SharesScreen,
)
from server_stub.visitors.course import Is
from server_stub.visitors.identity import Card, Impatience
from server_stub.visitors.visitor import SimulatedVisitor

T0: Millis = 1_800_000_000_000


def card(*lines: str, seed: int = 7, patience: Impatience | None = None) -> Card:
    play = parse("\n".join(lines), "try.play")
    return Card(play, "sanne", seed, "en", patience=patience)


def visitor(*lines: str, seed: int = 7, patience: Impatience | None = None) -> SimulatedVisitor:
    return SimulatedVisitor(card(*lines, seed=seed, patience=patience), T0)


def acts(of: SimulatedVisitor, until: Millis, kind: type[Act] | None = None) -> list[Act]:
    done = [one.act for one in of.advance(T0 + until)]
    return [act for act in done if kind is None or isinstance(act, kind)]


def test_a_screen_tells_what_is_on_it_in_the_visitors_language() -> None:
    one = visitor("== a", "opens chat", "shares screen[nl] Betalen", "shares screen[en] Pay: now!")
    assert acts(one, 0, SharesScreen) == [SharesScreen(clean("Pay: now!"))]


def test_a_transfer_opens_the_chat_with_its_past_and_note() -> None:
    (act,) = acts(
        visitor(
            "== a", "2m ago says Hi", "1m ago operator says Hello Tom",
            "transferred from Jo Ann note Wants a refund: all of it.", "-> end",
        ),
        0,
    )  # fmt: skip
    assert isinstance(act, Opens)
    assert act.handed is not None
    assert (act.handed.by, act.handed.note) == ("Jo Ann", "Wants a refund: all of it.")
    assert [(one.ago, one.operator, one.text) for one in act.handed.said] == [
        (2 * MINUTE, False, "Hi"),
        (MINUTE, True, "Hello Tom"),
    ]


def test_a_visitor_who_looks_around_comes_only_when_it_is_invited() -> None:
    one = visitor("== a", "accepts invitation", "says Oh, yes")
    (browses,) = acts(one, DAY)
    assert isinstance(browses, Browses)
    assert one.busy is Is.BROWSING
    one.invited(T0 + DAY, "Can I help?")
    opens, says = acts(one, DAY + MINUTE)
    assert isinstance(opens, Opens)
    assert opens.invited
    assert says == Says(clean("Oh, yes"))


def test_an_invitation_may_come_before_the_visitor_minds_it_or_be_ignored() -> None:
    early = visitor("== a", "pauses 1m", "accepts invitation")
    early.invited(T0 + SECOND, "Hello")
    assert [type(act) for act in acts(early, MINUTE)] == [Browses, Opens]
    deaf = visitor("== a", "ignores invitation", "goes to https://x.example")
    deaf.invited(T0 + SECOND, "Hello")
    assert [type(act) for act in acts(deaf, MINUTE)[:2]] == [Browses, IgnoresInvitation]


def test_who_looks_around_is_seen_again_after_having_been_away() -> None:
    one = visitor("== a", "accepts invitation", "says Oh, yes")
    acts(one, MINUTE)
    one.made_to(read_action("leaves site"), T0 + 2 * MINUTE)
    one.invited(T0 + 3 * MINUTE, "Can I help?")
    assert [type(act) for act in acts(one, 4 * MINUTE)] == [Leaves]
    one.made_to(read_action("returns to https://x.example"), T0 + 5 * MINUTE)
    assert [type(act) for act in acts(one, 6 * MINUTE)][:2] == [Returns, Opens]


def test_who_wanders_says_its_own_words_or_some_small_talk() -> None:
    one = visitor("== a", "opens chat", "wanders My cat!", "wanders", "wanders")
    first, *others = (act.text for act in acts(one, HOUR, Says) if isinstance(act, Says))
    assert first == "My cat!"
    assert set(others) <= set(built_in()["en"].small_talk)
    assert len(set(others)) == 2


def test_waits_with_a_time_is_a_pause() -> None:
    assert read_action("waits 40s") == read_action("pauses 40s")


WAITS = ("== a", "opens chat", "says Hi", "listen", "if silence 30s -> a2", "== a2", "says Hm",
         "listen", "if silence 10h -> end")  # fmt: skip


def ends(seed: int, silent: float, answered: bool = False) -> list[Acted]:
    one = visitor(*WAITS, seed=seed, patience=Impatience(Span(2 * MINUTE), silent))
    one.advance(T0)
    if answered:
        one.operator(T0 + 1, "Hello")
    return one.advance(T0 + HOUR)


def test_patience_ends_with_a_word_or_without_one() -> None:
    silent, loud = ends(7, 1.0), ends(7, 0.0)
    assert isinstance(silent[-1].act, Leaves)
    assert [type(one.act) for one in loud[-2:]] == [Says, Closes]
    assert silent[-1].at == loud[-1].at


def test_patience_is_exponential_and_most_who_lose_it_say_nothing() -> None:
    last = [ends(seed, 0.7)[-1] for seed in range(400)]
    waited = [one.at - T0 for one in last]
    assert 100 * SECOND < sum(waited) / len(waited) < 140 * SECOND
    assert 0.62 < sum(isinstance(one.act, Leaves) for one in last) / len(last) < 0.78


def test_who_is_answered_in_time_stays() -> None:
    assert not any(isinstance(one.act, Leaves | Closes) for one in ends(7, 0.5, answered=True))


def test_a_pause_that_a_visitor_is_made_to_take_delays_everything() -> None:
    one = visitor(*WAITS)
    one.advance(T0)
    one.made_to(read_action("pauses 5m"), T0 + SECOND)
    one.operator(T0 + 2 * SECOND, "Hello")
    assert acts(one, 5 * MINUTE) == []
    assert len(acts(one, 7 * MINUTE, Says)) == 1


def test_who_is_made_to_leave_does_nothing_until_it_is_made_to_return() -> None:
    one = visitor(*WAITS)
    one.advance(T0)
    one.made_to(read_action("leaves site"), T0 + SECOND)
    assert [type(act) for act in acts(one, HOUR)] == [Leaves]
    one.made_to(read_action("returns to https://x.example"), T0 + HOUR)
    assert [type(act) for act in acts(one, 2 * HOUR, Returns)] == [Returns]
    assert acts(visitor(*WAITS), HOUR, Says)


@pytest.mark.parametrize("line", ["closes chat", "says Goodbye then"])
def test_what_a_visitor_is_made_to_do_happens_at_once(line: str) -> None:
    one = visitor(*WAITS)
    one.advance(T0)
    one.made_to(read_action(line), T0 + SECOND)
    (acted,) = one.advance(T0 + SECOND)
    assert acted.at == T0 + SECOND
    assert isinstance(acted.act, Closes | Says)


def test_a_boomerang_comes_at_once_after_its_past_and_else_after_its_time() -> None:
    past = (
        "channel messaging",
        "== a",
        "14h ago says Hi",
        "13h ago operator says Later",
        "boomerang",
    )
    one = SimulatedVisitor(card(*past, "-> end"), T0, chats=1, spoken_at=T0 - 13 * HOUR)
    assert acts(one, 0) == [Reactivates(13 * HOUR)]
    later = visitor("channel messaging", "== a", "opens chat", "boomerang after 14h", "-> end")
    assert acts(later, 13 * HOUR, Reactivates) == []
    assert acts(later, 14 * HOUR, Reactivates) == [Reactivates(14 * HOUR)]
