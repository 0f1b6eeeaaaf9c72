import re
from pathlib import Path

import pytest

from operator_tui.desk.browsing import Suggestion
from operator_tui.desk.commands import InviteVisitor
from operator_tui.desk.entries import LineKind
from operator_tui.desk.events import InvitationIgnored
from operator_tui.desk.signals import BrowsingSeen
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.text import SafeText, clean
from operator_tui.desk.time import MINUTE, SECOND
from server_stub.plays.problems import ProblemsError
from server_stub.plays.reading import parse
from server_stub.service.effects import Entered
from server_stub.service.presence import everything
from server_stub.sessions.session_file import load, read
from server_stub.sessions.stage import Stage
from server_stub.visitors.acts import Opens
from server_stub.visitors.heard import Heard
from server_stub.visitors.identity import Card
from server_stub.visitors.visitor import SimulatedVisitor
from tests.server_stub.sessions.shift import T0, Shift, words

OFFER = clean("Hi, can I help you find something?", SafeText)
SESSION = """
name = "shop"
about = "Somebody looks around"
[policy]
places = 1
[[operator]]
id = "anna"
name = "Anna"
[[suggest]]
page = "*/living/*"
on_page = "30s"
why = "Long at the sofas"
[[visitor]]
id = "priscilla"
play = "looking_at_sofas"
at = "5s"
[[visitor]]
id = "tom"
play = "shy"
at = "5s"
"""
SHY = """
title  Shy
language en
level  novice
teaches R-86 invitation
page   https://shop.example/coats

== start
pauses 20s
goes to https://shop.example/hats
ignores invitation
leaves site
-> end
"""


def shop(folder: Path, session: str = SESSION) -> Shift:
    (folder / "shy.play").write_text(SHY, encoding="utf-8")
    (folder / "shop.toml").write_text(session, encoding="utf-8")
    return Shift(read(folder / "shop.toml"))


def seen(shift: Shift) -> dict[str, tuple[str, Suggestion | None]]:
    told = everything(shift.practice.floor, "anna", shift.now)
    (browsing,) = [one.signal for one in told if isinstance(one.signal, BrowsingSeen)]
    return {one.visitor: (str(one.page), one.suggested) for one in browsing.visitors}


def test_who_looks_around_is_seen_moves_on_and_is_suggested(tmp_path: Path) -> None:
    shift = shop(tmp_path)
    assert seen(shift) == {}
    shift.passes(10 * SECOND)
    sofas = "https://shop.example/living/sofas"
    assert seen(shift) == {
        "priscilla": (sofas, None),
        "tom": ("https://shop.example/coats", None),
    }
    shift.passes(30 * SECOND)
    why = Suggestion(clean("Long at the sofas"), on_page=30 * SECOND)  # type: ignore[arg-type]
    assert seen(shift)["priscilla"] == (sofas, why)
    assert seen(shift)["tom"] == ("https://shop.example/hats", None)
    assert shift.chats() == []


def test_an_accepted_invitation_becomes_a_chat_that_is_new_until_answered(tmp_path: Path) -> None:
    shift = shop(tmp_path)
    shift.passes(30 * SECOND)
    assert shift.orders(InviteVisitor("priscilla", OFFER))
    shift.passes(MINUTE)
    chat = shift.chat("priscilla")
    assert words(chat) == [
        OFFER,
        "Oh, hello! Yes, actually. Would the Fjord get through a narrow door?",
    ]
    assert indicator(chat, shift.now, shift.desk().policy) is Indicator.NEW
    assert [getattr(one, "kind", None) for one in chat.timeline][:3] == [
        None,
        LineKind.OPENED,
        LineKind.INVITED,
    ]
    assert shift.says("priscilla", "How wide is it?")
    shift.passes(30 * SECOND)
    assert "76 cm" in words(shift.chat("priscilla"))[-1]
    assert "priscilla" not in seen(shift)


def test_who_ignores_an_invitation_goes_its_way_and_gives_the_place_back(tmp_path: Path) -> None:
    shift = shop(tmp_path)
    shift.passes(40 * SECOND)
    assert shift.orders(InviteVisitor("tom", OFFER))
    assert not shift.orders(InviteVisitor("priscilla", OFFER))
    assert shift.refused == ["no_place_left"]
    shift.passes(20 * SECOND)
    assert "tom" not in seen(shift)
    said = [one for one in shift.practice.out if isinstance(one, Entered)]
    ignored = [one.event for one in said if isinstance(one.event, InvitationIgnored)]
    assert [one.visitor for one in ignored] == ["tom"]
    assert shift.orders(InviteVisitor("priscilla", OFFER))


def test_newcomers_meet_somebody_who_looks_around_in_the_tour() -> None:
    shift = Shift()
    shift.passes(20 * SECOND)
    assert set(seen(shift)) == {"priscilla"}
    assert seen(shift)["priscilla"][1] is None
    shift.passes(3 * MINUTE)
    assert seen(shift)["priscilla"][1] is not None
    assert shift.orders(InviteVisitor("priscilla", OFFER))
    shift.passes(MINUTE)
    assert shift.chat("priscilla")
    assert load("first-day").suggests


@pytest.mark.parametrize(
    ("line", "wrong", "complaint"),
    [
        ('on_page = "30s"', 'on_pag = "30s"', 'Did you mean "on_page"?'),
        ('on_page = "30s"', 'on_page = "soon"', '"soon" is no time'),
        ('page = "*/living/*"\non_page = "30s"', "", "it suggests everybody"),
    ],
)
def test_a_mistake_in_a_rule_is_told(line: str, wrong: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match=re.escape(complaint)):
        shop(tmp_path, SESSION.replace(line, wrong))


def test_a_restart_finds_an_invitation_where_it_was() -> None:
    def stage() -> Stage:
        return Stage(load("tour"), 7, T0, "en")

    one, other, until = stage(), stage(), T0 + 5 * MINUTE
    one.advance(T0 + MINUTE)
    one.invited("priscilla", OFFER, T0 + MINUTE)
    one.advance(until)
    heard = Heard("priscilla", T0 + MINUTE, OFFER, invitation=True)
    other.resume([heard], one.remembered(), until)
    assert one.next_time() == other.next_time()
    assert one.advance(until + 9 * MINUTE) == other.advance(until + 9 * MINUTE)


@pytest.mark.parametrize("opens", ["opens chat", "accepts invitation"])
def test_a_chat_opens_on_the_page_that_the_visitor_has_gone_to(opens: str) -> None:
    lines = ("page https://shop.example/a", "== start", "goes to https://shop.example/b", opens)
    play = parse("\n".join((*lines, "-> end")), "x.play")
    visitor = SimulatedVisitor(Card(play, "v", 1, "en"), T0)
    acted = visitor.advance(T0 + SECOND)
    visitor.invited(T0 + SECOND, OFFER)
    acted += visitor.advance(T0 + MINUTE)
    (opened,) = (one.act for one in acted if isinstance(one.act, Opens))
    assert opened.page == "https://shop.example/b"
