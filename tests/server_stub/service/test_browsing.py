import pytest
from msgspec import structs

from operator_tui.desk.browsing import Browsing, Invitation, Suggestion
from operator_tui.desk.commands import AcceptChat, InviteVisitor
from operator_tui.desk.entries import Line, LineKind, Message
from operator_tui.desk.events import InvitationAccepted
from operator_tui.desk.model import Visitor
from operator_tui.desk.signals import BrowsingSeen
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.text import SafeAddress, SafeLine, SafeText, clean
from operator_tui.desk.time import SECOND, Millis
from server_stub.plays.spans import Span
from server_stub.service.cutting import encoded
from server_stub.service.effects import Refused
from server_stub.service.floor import QUEUE
from server_stub.service.keeping import facts_between
from server_stub.service.kept import by_kind, floor_kept
from server_stub.service.presence import everything
from server_stub.sessions.session import SuggestSpec
from server_stub.visitors.acts import Browses, GoesTo, IgnoresInvitation, Leaves
from tests.server_stub.scripted import ANNA, BRAM, POLICY, SIM, START, opens, says
from tests.server_stub.service.floors import Play

OFFER = clean("Can I help you find something?", SafeText)
SOFAS = clean("https://shop.example/sofas", SafeAddress)
CHECKOUT = clean("https://shop.example/checkout/2", SafeAddress)


def browses(name: str, since: Millis | None = None) -> Browses:
    return Browses(Visitor(name, clean(name.title(), SafeLine), on_site_since=since), "en", SOFAS)


def shop(*names: str, suggests: tuple[SuggestSpec, ...] = ()) -> Play:
    play = Play()
    play.floor = structs.replace(play.floor, suggests=suggests)
    for name in names:
        play.visitor(name, browses(name))
    return play


def seen(play: Play, operator: str = "anna") -> tuple[Browsing, ...]:
    told = [one.signal for one in play.signals if one.operator == operator]
    return [one for one in told if isinstance(one, BrowsingSeen)][-1].visitors


def invites(play: Play, visitor: str, operator: str = "anna") -> Refused | None:
    return play.asks(operator, InviteVisitor(visitor, OFFER))


def accepts(play: Play, visitor: str) -> None:
    play.visitor(visitor, structs.replace(opens(visitor), invited=True))


def test_who_looks_around_is_seen_with_page_and_time_by_everybody() -> None:
    play = shop()
    play.visitor("nora", browses("nora", START - 8 * SECOND))
    play.passes(5)
    play.visitor("nora", GoesTo(CHECKOUT))
    name = clean("Nora", SafeLine)
    nora = Browsing("nora", START - 8 * SECOND, START + 5 * SECOND, name, "en", CHECKOUT)
    assert seen(play) == seen(play, "bram") == (nora,)
    told = [one.signal for one in everything(play.floor, "anna", play.now)]
    assert BrowsingSeen((nora,)) in told
    play.visitor("nora", Leaves())
    assert seen(play) == ()
    assert play.entered == []


def test_who_has_a_chat_does_not_look_around() -> None:
    play = shop("nora")
    play.visitor("nora", opens("nora"))
    assert seen(play) == ()
    play.visitor("nora", browses("nora"))
    assert seen(play) == ()
    assert invites(play, "nora") == Refused("not_browsing")


def test_an_accepted_invitation_comes_to_who_invited_before_all_who_wait() -> None:
    play = shop("nora")
    play.visitor("tom", opens("tom", "bram"))
    assert invites(play, "nora", "bram") is None
    assert seen(play)[0].invited == Invitation(BRAM.name, play.now)
    play.away("anna")
    for name in ("aino", "eva"):
        play.visitor(name, opens(name))
    assert play.queue() == ["eva"]
    play.passes(4)
    accepts(play, "nora")
    play.visitor("nora", says("Oh, yes please"))
    assert play.chats("bram") == ["tom", "aino", "nora"]
    assert play.queue() == ["eva"]
    assert play.kinds("bram")[-3:] == ["ChatOpened", "InvitationAccepted", "MessageWritten"]
    assert seen(play) == ()


def test_an_accepted_invitation_is_new_until_the_operator_writes_again() -> None:
    play = shop("nora")
    invites(play, "nora")
    play.passes(4)
    accepts(play, "nora")
    chat = play.chat("anna", "nora")
    assert indicator(chat, play.now, POLICY) is Indicator.NEW
    kinds = [one.kind for one in chat.timeline if isinstance(one, Line)]
    assert kinds == [LineKind.OPENED, LineKind.INVITED]
    assert isinstance(chat.timeline[0], Message)
    assert (chat.timeline[0].text, chat.timeline[0].at) == (OFFER, START)
    play.visitor("nora", says("Oh, yes please"))
    play.passes(1)
    assert indicator(play.chat("anna", "nora"), play.now, POLICY) is Indicator.NEW
    play.writes("anna", "nora")
    assert indicator(play.chat("anna", "nora"), play.now, POLICY) is Indicator.NEUTRAL


def test_an_invitation_whose_operator_went_away_is_still_no_writing_of_theirs() -> None:
    play = shop("nora")
    invites(play, "nora")
    for operator in ("anna", "bram"):
        play.away(operator)
    accepts(play, "nora")
    assert play.queue() == ["nora"]
    assert play.asks("anna", AcceptChat()) is None
    assert play.kinds("anna")[-2:] == ["ChatOpened", "InvitationAccepted"]
    assert not play.chat("anna", "nora").written


@pytest.mark.parametrize("act", [IgnoresInvitation(), Leaves()])
def test_who_does_not_want_help_is_told_of_once(act: IgnoresInvitation | Leaves) -> None:
    play = shop("nora")
    play.visitor("nora", IgnoresInvitation())
    assert play.entered == []
    invites(play, "nora")
    play.visitor("nora", act)
    play.passes(120)
    assert play.kinds("anna") == ["InvitationIgnored"]


def test_an_invitation_nobody_reacts_to_lapses_after_a_minute_and_may_be_made_again() -> None:
    play = shop("nora")
    invites(play, "nora")
    play.passes(59.9)
    assert invites(play, "nora", "bram") == Refused("invited_already", ANNA.name)
    assert play.events("anna") == []
    play.passes(0.1)
    assert play.kinds("anna") == ["InvitationIgnored"]
    assert seen(play)[0].invited == Invitation(ANNA.name, START, ignored=True)
    assert invites(play, "nora", "bram") is None
    accepts(play, "nora")
    assert play.chats("bram") == ["nora"]


def test_a_late_yes_is_a_yes_and_a_late_question_of_ones_own_is_not() -> None:
    play = shop("nora", "tom")
    play.away("bram")
    for name in ("nora", "tom"):
        invites(play, name)
    play.passes(61)
    accepts(play, "nora")
    play.visitor("tom", opens("tom"))
    accepted = [one.chat for one in play.events("anna") if isinstance(one, InvitationAccepted)]
    assert accepted == ["chat-nora"]


def test_who_invites_is_available_and_has_a_place_for_everybody_invited() -> None:
    play = shop("nora", "tom", "eva", "piet")
    assert invites(play, "ghost") == Refused("not_browsing")
    assert play.asks("anna", InviteVisitor("nora", clean(" \n"))) == Refused("empty")
    assert invites(play, "nora") is None
    assert invites(play, "tom") is None
    assert invites(play, "eva") == Refused("no_place_left")
    play.visitor("nora", IgnoresInvitation())
    assert invites(play, "eva") is None
    play.away("bram")
    assert invites(play, "piet", "bram") == Refused("not_available")


def test_rules_suggest_by_page_and_time_at_the_very_moment() -> None:
    rule = SuggestSpec("*/checkout*", Span(90 * SECOND), why=clean("stands at the till", SafeLine))
    slow = SuggestSpec(on_page=Span(200 * SECOND))
    play = shop("nora", "tom", suggests=(rule, slow))
    play.passes(60)
    play.visitor("nora", GoesTo(CHECKOUT))
    play.passes(29.999)
    assert [one.suggested for one in seen(play)] == [None, None]
    play.passes(0.001)
    why = Suggestion(clean("stands at the till", SafeLine), 90 * SECOND)
    assert [(one.visitor, one.suggested) for one in seen(play)] == [("nora", why), ("tom", None)]
    play.passes(110)
    assert seen(play)[1].suggested == Suggestion(on_page=200 * SECOND)
    play.visitor("nora", GoesTo(SOFAS))
    assert [one.visitor for one in seen(play)] == ["tom", "nora"]
    assert seen(play)[1].suggested is None


def test_no_more_are_told_of_than_a_frame_holds() -> None:
    play = shop(*(f"v{n:03}" for n in range(60)))
    assert len(seen(play)) == 40
    wide = clean("😀" * 120, SafeLine)
    long = clean("x" + "é語😀" * 160, SafeAddress)
    for n in range(60):
        play.visitor(f"w{n}", Browses(Visitor(f"w{n}", wide, on_site_since=1), "en", long))
    assert 10 < len(seen(play)) < 40
    assert len(encoded(seen(play))) < 50 * 1024


def test_who_looks_around_and_who_is_invited_is_kept() -> None:
    play = shop("nora", "tom")
    invites(play, "tom")
    facts = by_kind(facts_between(Play().floor, play.floor))
    again = floor_kept(facts, (ANNA, BRAM, SIM), POLICY)
    assert encoded(again.browsing) == encoded(play.floor.browsing)
    play.floor = again
    accepts(play, "tom")
    assert play.chats("anna") == ["tom"]
    assert QUEUE in play.floor.desks
