from typing import Any

import pytest

from operator_tui.desk.browsing import Suggestion
from operator_tui.desk.entries import Line, LineKind, Message
from operator_tui.desk.model import Visitor
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import SECOND
from server_stub.guests import guests
from server_stub.guests.lookers import BACK_WITHIN, GONE_AFTER
from server_stub.plays.spans import Span
from server_stub.sessions.session import SuggestSpec
from server_stub.visitors.acts import Browses
from tests.server_stub.guests.visited import (
    Page,
    Visited,
    anna_at_work,
    invites,
    page,
    visited,
    writes,
)
from tests.server_stub.scripted import POLICY, START, Scripted, after
from tests.server_stub.serving import Client

COATS, RETURNS = "https://shop.example/coats", "https://shop.example/returns"
OPENER = "Can I help you find a coat?"


async def event(operator: Client, kind: str) -> dict[str, Any]:
    """The next event of this kind."""
    while (one := (await operator.gets("event"))["event"])["kind"] != kind:
        continue
    return dict(one)


async def told(operator: Client, count: int) -> list[dict[str, Any]]:
    """Those who look around, as soon as there are so many."""
    while True:
        signal = (await operator.gets("signal"))["signal"]
        if signal["kind"] == "browsing" and len(signal.get("visitors", [])) == count:
            return list(signal["visitors"])


def browses(name: str) -> Browses:
    return Browses(Visitor(name, clean(name.title(), SafeLine), on_site_since=START), "en")


async def test_who_only_opens_the_page_is_seen_with_page_language_and_time(
    server: Visited, anna: Client
) -> None:
    async with page(server) as noor:
        await noor.comes(language="nl")
        (seen,) = await told(anna, 1)
        assert (seen["page"], seen["language"], seen["on_site_since"]) == (COATS, "nl", START)
        server.passes(30)
        await noor.sends(t="page", page=RETURNS, language="pl")
        (seen,) = await told(anna, 1)
        assert (seen["page"], seen["language"]) == (RETURNS, "pl")
        assert (seen["on_site_since"], seen["on_page_since"]) == (START, START + 30 * SECOND)
    server.passes(1)
    assert server.chats() == []


async def test_who_was_there_before_the_session_is_seen_as_soon_as_it_begins() -> None:
    async with visited() as server, page(server) as noor:
        await noor.comes()
        async with anna_at_work(server) as anna:
            (seen,) = await told(anna, 1)
            assert seen["on_site_since"] == START


async def test_a_page_that_is_loaded_again_keeps_its_visitor_and_the_invitation(
    server: Visited, anna: Client, noor: Page
) -> None:
    await invites(anna, 1, noor.visitor, OPENER)
    server.passes(10)
    await noor.socket.close()
    await server.timers.are_set(GONE_AFTER)
    async with page(server) as again:
        await again.comes_back(noor, page=RETURNS)
        assert await again.is_invited() == {"by": "Anna", "text": OPENER}
        server.timers.pass_by(GONE_AFTER)
        (seen,) = server.looking()
        assert (seen.page, seen.on_site_since) == (RETURNS, START)


async def test_a_page_that_is_shut_lets_its_visitor_go_and_the_time_begins_anew(
    server: Visited, anna: Client, noor: Page
) -> None:
    await invites(anna, 1, noor.visitor, OPENER)
    await noor.socket.close()
    await server.timers.are_set(GONE_AFTER)
    server.timers.pass_by(GONE_AFTER)
    assert (await event(anna, "invitation_ignored"))["visitor"] == noor.visitor
    assert server.looking() == ()
    server.passes(60)
    async with page(server) as again:
        state = await again.comes_back(noor)
        assert state.get("invited") is None
        assert server.looking()[0].on_site_since == START + 60 * SECOND


async def test_an_accepted_invitation_is_a_new_chat_that_begins_with_it(
    server: Visited, anna: Client, noor: Page
) -> None:
    await invites(anna, 1, noor.visitor, OPENER)
    assert await noor.is_invited() == {"by": "Anna", "text": OPENER}
    server.passes(5)
    await noor.sends(t="accept", language="fi")
    opened = await event(anna, "chat_opened")
    assert (opened["visitor"]["id"], opened["language"]) == (noor.visitor, "fi")
    assert (await event(anna, "invitation_accepted"))["message"]["text"] == OPENER
    assert (await noor.stands("talking")).get("invited") is None
    first, joined = [await noor.gets("entry") for _ in range(2)]
    assert (first["kind"], first["name"], first["text"]) == ("operator", "Anna", OPENER)
    assert (first["at"], joined["kind"]) == (START, "joined")
    (chat,) = server.chats()
    assert indicator(chat, START + 6 * SECOND, POLICY) is Indicator.NEW
    assert [one.kind for one in chat.timeline if isinstance(one, Line)][-1] is LineKind.INVITED
    await noor.says("Yes, a green one", "m1")
    await event(anna, "message")
    assert indicator(server.chats()[0], START + 7 * SECOND, POLICY) is Indicator.NEW
    await writes(anna, 2, chat.id, "Here it is")
    assert (await noor.reads("operator"))["text"] == "Here it is"
    assert indicator(server.chats()[0], START + 8 * SECOND, POLICY) is Indicator.NEUTRAL


async def test_a_question_of_ones_own_takes_the_invitation_that_stands(
    server: Visited, anna: Client, noor: Page
) -> None:
    await invites(anna, 1, noor.visitor, OPENER)
    await noor.is_invited()
    await noor.starts("Is it warm?")
    await event(anna, "invitation_accepted")
    kinds = [await noor.gets("entry") for _ in range(3)]
    assert [one["text"] for one in kinds[:2]] == [OPENER, "Is it warm?"]
    (chat,) = server.chats()
    said = [str(one.text) for one in chat.timeline if isinstance(one, Message)]
    assert said == [OPENER, "Is it warm?"]


async def test_not_now_is_told_and_lapsing_too_and_a_late_yes_is_a_yes(
    server: Visited, anna: Client, noor: Page
) -> None:
    await invites(anna, 1, noor.visitor, OPENER)
    await noor.is_invited()
    await noor.sends(t="decline")
    assert (await event(anna, "invitation_ignored"))["visitor"] == noor.visitor
    await noor.is_not_invited()
    await invites(anna, 2, noor.visitor, "Are you sure?")
    assert (await noor.is_invited())["text"] == "Are you sure?"
    server.passes(60)
    await event(anna, "invitation_ignored")
    await noor.is_not_invited()
    await noor.sends(t="accept", name="Noor")
    assert (await event(anna, "chat_opened"))["visitor"]["name"] == "Noor"
    assert (await noor.gets("entry"))["text"] == "Are you sure?"


async def test_who_was_not_invited_has_nothing_to_take_or_to_refuse(
    server: Visited, anna: Client, noor: Page
) -> None:
    await noor.sends(t="accept")
    await noor.sends(t="decline")
    await noor.starts()
    assert "entry" not in (await event(anna, "chat_opened"))
    await noor.sends(t="accept")
    await noor.sends(t="decline")
    await noor.says("Hello?", "m1")
    await event(anna, "message")
    assert len(server.chats()) == 1


async def test_when_who_invited_is_away_by_then_the_chat_waits_with_its_first_words(
    server: Visited, anna: Client, noor: Page
) -> None:
    await invites(anna, 1, noor.visitor, OPENER)
    await anna.asks(2, "op-2", "availability", available=False)
    await noor.is_invited()
    await noor.sends(t="accept")
    assert (await noor.stands("waiting"))["phase"] == "waiting"
    assert (await noor.gets("entry"))["text"] == OPENER
    await anna.asks(3, "op-3", "availability", available=True)
    await noor.stands("talking")
    assert indicator(server.chats()[0], START, POLICY) is Indicator.NEW


async def test_whose_chat_has_ended_looks_around_again_and_is_not_suggested_again() -> None:
    rule = SuggestSpec(on_site=Span(30 * SECOND), why=clean("Here for long", SafeLine))
    stage = Scripted(after(0, "piet", browses("piet")))
    stage.suggests = (rule,)
    async with visited(stage) as server, anna_at_work(server) as anna, page(server) as noor:
        await noor.comes()
        server.passes(30)
        why = Suggestion(rule.why, 30 * SECOND)
        assert [one.suggested for one in server.looking()] == [why, why]
        await noor.starts()
        chat = (await event(anna, "chat_opened"))["chat"]
        assert [one.visitor for one in server.looking()] == ["piet"]
        await anna.asks(1, "op-1", "close", chat=chat)
        await noor.stands("ended")
        assert await told(anna, 2)
        seen = {one.visitor: one for one in server.looking()}[noor.visitor]
        assert (seen.on_site_since, seen.suggested, seen.name) == (START, None, "Noor")
        await invites(anna, 2, noor.visitor, "One more thing")
        assert (await noor.is_invited())["text"] == "One more thing"


async def test_many_who_come_and_go_leave_no_more_behind_than_the_link_lets_in(
    server: Visited, anna: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guests, "VISITORS", 3)
    for _ in range(5):
        async with page(server) as somebody:
            await somebody.comes()
    async with page(server) as last:
        await last.comes()
        assert len(server.looking()) <= 3
        server.timers.pass_by(GONE_AFTER)
        assert [one.visitor for one in server.looking()] == [last.visitor]


async def test_after_a_restart_who_comes_back_is_still_invited_and_who_does_not_has_left() -> None:
    async with (
        visited() as before,
        anna_at_work(before) as anna,
        page(before) as noor,
        page(before) as piet,
        page(before) as eva,
    ):
        for one in (noor, piet, eva):
            await one.comes()
        await eva.starts()
        await event(anna, "message")
        await invites(anna, 1, noor.visitor, OPENER)
        async with (
            visited(practice=before.house.practice) as server,
            anna_at_work(server),
            page(server) as again,
        ):
            assert (await again.comes_back(noor))["invited"]["text"] == OPENER
            server.timers.pass_by(BACK_WITHIN)
            assert [one.visitor for one in server.looking()] == [noor.visitor]
            assert server.chats()[0].left_at == START
