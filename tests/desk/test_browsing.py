from operator_tui.desk import events as ev
from operator_tui.desk.attention import Due, DueKind
from operator_tui.desk.browsing import Browsing, Invitation, Suggestion, in_order, suggested
from operator_tui.desk.entries import Author, AuthorKind, LineKind, Message
from operator_tui.desk.signals import BrowsingSeen, QueueSeen, Signals, heard, over
from operator_tui.desk.states import Indicator
from operator_tui.desk.text import SafeLine, clean
from tests.desk.scene import NOON, OWN, Scene

PIET = clean("Piet", SafeLine)


def invitation() -> Message:
    return Message("m-invite", OWN, clean("Can I help?"), NOON - 9_000)


def test_an_accepted_invitation_is_new_until_the_operator_writes_again() -> None:
    scene = Scene()
    nora = scene.opens("Nora")
    nora.tells(ev.InvitationAccepted, invitation())
    nora.shows(Indicator.NEW)
    assert nora.due == Due(DueKind.LEFT, 30_000)
    assert nora.chat.timeline[0] == invitation()
    assert nora.lines == [LineKind.OPENED, LineKind.INVITED]
    nora.asks()
    nora.shows(Indicator.NEW)
    nora.writes(Author(AuthorKind.AUTOMATIC))
    nora.notes()
    nora.tells(ev.NoAnswerNeeded)
    nora.shows(Indicator.NEW)
    nora.asks()
    nora.answers()
    nora.shows(Indicator.NEUTRAL)


def test_an_invitation_told_twice_stands_there_once_and_clears_no_debt() -> None:
    scene = Scene()
    nora = scene.opens("Nora")
    nora.asks()
    nora.tells(ev.InvitationAccepted, invitation())
    once = nora.chat
    nora.tells(ev.InvitationAccepted, invitation())
    assert nora.chat is once
    assert (nora.chat.unanswered, nora.chat.written) == (1, False)


def test_an_ignored_invitation_only_counts() -> None:
    scene = Scene()
    scene.opens("Nora")
    chats = scene.desk.chats
    scene.happens(ev.InvitationIgnored("v-1", PIET))
    assert (scene.desk.seq, scene.desk.chats) == (2, chats)


def test_the_latest_word_of_who_looks_around_is_laid_over_the_desk() -> None:
    desk = Scene().desk
    one, two = Browsing("v-1", 1, 1), Browsing("v-2", 2, 2)
    signals = heard(Signals(), BrowsingSeen((one, two)), NOON, 6_000)
    assert over(desk, signals).browsing == (one, two)
    signals = heard(signals, QueueSeen(1), NOON, 6_000)
    signals = heard(signals, BrowsingSeen((two,)), NOON, 6_000)
    assert over(desk, signals).browsing == (two,)
    assert over(desk, heard(Signals(), BrowsingSeen(), NOON, 6_000)) is desk


def test_who_is_suggested_comes_first_and_who_was_invited_last() -> None:
    why = Suggestion(on_site=90_000)
    old, new = Browsing("v-1", 10, 10), Browsing("v-2", 20, 20)
    asked = Browsing("v-3", 5, 5, suggested=why, invited=Invitation(PIET, 30))
    till = Browsing("v-4", 30, 30, suggested=why)
    assert in_order((new, asked, old, till)) == (till, old, new, asked)
    assert suggested((new, asked, old, till)) == (till,)
    assert asked.waits
    assert not Browsing("v-5", 1, 1, invited=Invitation(PIET, 30, ignored=True)).waits
