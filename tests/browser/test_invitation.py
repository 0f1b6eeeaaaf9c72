import pytest
from playwright.async_api import BrowserContext, Page, expect

from server_stub.guests.lookers import GONE_AFTER
from tests.browser.shop import Shopper
from tests.browser.test_access import focused, tabs_through
from tests.browser.test_visitor import event
from tests.server_stub.guests.visited import Visited, invites
from tests.server_stub.serving import Client

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OPENER = "Hi! <b>Can I</b> help you find {topic}?"


async def test_who_looks_around_is_seen_there_is_invited_and_answers_with_the_keyboard(
    server: Visited, anna: Client, tab: Page
) -> None:
    noor = Shopper(tab)
    await tab.goto(server.link)
    await tab.get_by_role("link", name="Returns").click()
    while not (seen := server.looking()) or not seen[0].page.endswith("/returns"):
        await anna.gets("signal")
    await tab.get_by_role("button", name="Suomi").click()
    while server.looking()[0].language != "fi":
        await anna.gets("signal")
    await tab.get_by_role("button", name="English").click()
    before = await focused(tab)
    await invites(anna, 1, seen[0].visitor, OPENER)
    await noor.is_invited(OPENER)
    assert await focused(tab) == before
    said = tab.get_by_role("status").filter(has_text="Anna offers help")
    await expect(said).to_have_text(f"Anna offers help: {OPENER}")
    await tab.get_by_role("link", name="Returns").focus()
    assert (await tabs_through(tab, 6))[-2:] == ["invitation-yes", "invitation-no"]
    await tab.keyboard.press("Shift+Tab")
    await tab.keyboard.press("Enter")
    await event(anna, "invitation_accepted")
    await noor.sees("You are talking with Anna")
    assert await focused(tab) == "text"
    await expect(noor.log.get_by_role("listitem").first).to_contain_text(OPENER)
    await noor.is_not_invited()
    await noor.says("Yes, please")
    assert (await event(anna, "message"))["message"]["text"] == "Yes, please"


async def test_not_now_is_told_and_the_focus_stays_where_one_can_go_on(
    server: Visited, anna: Client, noor: Shopper
) -> None:
    visitor = server.looking()[0].visitor
    await invites(anna, 1, visitor, "Can I help?")
    await noor.is_invited("Can I help?")
    await noor.button("Not now").click()
    assert (await event(anna, "invitation_ignored"))["visitor"] == visitor
    await noor.is_not_invited()
    assert await focused(noor.tab) == "name"
    await noor.button("Minimise the chat").click()
    await invites(anna, 2, visitor, "Really not?")
    await noor.is_invited("Really not?")
    await noor.button("Answer").focus()
    await noor.tab.keyboard.press("Escape")
    assert (await event(anna, "invitation_ignored"))["visitor"] == visitor
    assert await focused(noor.tab) == "launcher"


async def test_an_invitation_lapses_but_not_under_the_hand_of_who_is_about_to_answer(
    server: Visited, anna: Client, noor: Shopper
) -> None:
    visitor = server.looking()[0].visitor
    await invites(anna, 1, visitor, "Can I help?")
    await noor.is_invited("Can I help?")
    server.passes(60)
    await event(anna, "invitation_ignored")
    await noor.is_not_invited()
    await invites(anna, 2, visitor, "And now?")
    await noor.is_invited("And now?")
    await noor.button("Answer").focus()
    server.passes(60)
    await event(anna, "invitation_ignored")
    await noor.is_invited("And now?")
    await noor.button("Answer").click()
    await event(anna, "invitation_accepted")
    await noor.sees("You are talking with Anna")


async def test_an_invitation_outlives_a_reload_and_goes_along_to_a_copy_of_the_tab(
    server: Visited, anna: Client, context: BrowserContext, noor: Shopper
) -> None:
    await invites(anna, 1, server.looking()[0].visitor, "Can I help?")
    await noor.is_invited("Can I help?")
    await noor.tab.reload()
    await noor.is_invited("Can I help?")
    async with context.expect_page() as opened:
        await noor.tab.evaluate("open(location.href)")
    copy = Shopper(await opened.value)
    await copy.is_invited("Can I help?")
    await noor.sees("This chat is open in another window.")
    await noor.is_not_invited()
    await copy.tab.close()
    await server.timers.are_set(GONE_AFTER)
    server.timers.pass_by(GONE_AFTER)
    await event(anna, "invitation_ignored")
    assert server.looking() == ()
