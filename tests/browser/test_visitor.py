import re
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, expect

from server_stub.peer import Closing
from tests.browser.shop import Shopper
from tests.server_stub.guests.visited import Visited, anna_at_work, writes
from tests.server_stub.serving import Client

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def event(operator: Client, kind: str) -> dict[str, Any]:
    while (one := (await operator.gets("event"))["event"])["kind"] != kind:
        continue
    return dict(one)


def drops(server: Visited, code: int = 1012) -> None:
    """Every visitor's connection ends."""
    for guest in server.guests:
        if guest.peer is not None:
            guest.peer.stop(Closing(code))


async def test_the_capability_leaves_the_address_bar_and_lets_in(
    server: Visited, noor: Shopper
) -> None:
    assert noor.tab.url == server.page
    await noor.tab.reload()
    await noor.sees("Connected")


async def test_without_the_link_the_page_says_what_is_missing(server: Visited, tab: Page) -> None:
    await tab.goto(server.page)
    await tab.get_by_role("button", name="Chat with us").click()
    await expect(tab.get_by_text("opens with the link")).to_be_visible()
    await expect(tab.get_by_role("button", name="Start the chat")).to_be_disabled()


async def test_a_chat_from_the_question_to_the_stars(anna: Client, noor: Shopper) -> None:
    await noor.asks("Does it shrink?")
    opened = await event(anna, "chat_opened")
    assert opened["visitor"]["name"] == "Noor"
    assert opened["visitor"]["browser"] == "Chrome"
    await noor.sees("You are talking with Anna")
    await anna.sends(t="signal", signal={"kind": "operator_typing", "chat": opened["chat"]})
    await noor.sees("Anna is typing …")
    await writes(anna, 1, opened["chat"], "Not at 30 degrees")
    await noor.sees("Not at 30 degrees")
    await noor.sees_no_more("Anna is typing …")
    await noor.says("Thank you!")
    assert (await event(anna, "message"))["message"]["text"] == "Thank you!"
    await noor.button("End chat").click()
    await (
        noor.tab.get_by_role("group", name="End this chat?")
        .get_by_role("button", name="End chat")
        .click()
    )
    assert (await event(anna, "closed"))["by"] == "visitor"
    await noor.sees("You have ended the chat")
    await noor.sees_no_more("Not at 30 degrees")
    await noor.tab.get_by_role("radio", name="4 stars").check(force=True)
    await noor.button("Send rating").click()
    assert (await event(anna, "rated"))["stars"] == 4
    await noor.sees("Your rating: 4 of 5.")


async def test_when_the_operator_ends_a_live_chat_the_history_is_gone(
    anna: Client, noor: Shopper
) -> None:
    await noor.asks("My secret question")
    chat = (await event(anna, "chat_opened"))["chat"]
    await writes(anna, 1, chat, "A discreet answer")
    await noor.sees("A discreet answer")
    await anna.asks(2, "op-2", "close", chat=chat)
    await noor.sees("Anna has ended the chat")
    for text in ("My secret question", "A discreet answer"):
        await noor.sees_no_more(text)
    await noor.tab.reload()
    await noor.sees("Anna has ended the chat")
    await noor.sees_no_more("My secret question")
    await noor.button("Start a new chat").click()
    await noor.asks("Another one")
    assert (await event(anna, "chat_opened"))["chat"] != chat


async def test_a_messaging_chat_stays_after_the_end_and_goes_on(
    server: Visited, anna: Client, tab: Page
) -> None:
    noor = Shopper(tab)
    await noor.comes(server.link.replace("#", "?channel=messaging#"))
    await noor.asks("Where is my parcel?")
    chat = (await event(anna, "chat_opened"))["chat"]
    await expect(noor.button("Share screen")).to_be_hidden()
    await anna.asks(1, "op-1", "close", chat=chat)
    await noor.sees("Anna has ended the chat")
    await noor.sees("Where is my parcel?")
    await tab.reload()
    await noor.sees("Where is my parcel?")
    await noor.says("Still not here")
    again = await event(anna, "chat_opened")
    assert again["visitor"]["earlier"]["count"] == 1
    await noor.sees("You are talking with Anna")


async def test_closing_the_tab_and_leaving_the_page_are_seen_at_once(
    anna: Client, noor: Shopper
) -> None:
    await noor.asks()
    await noor.sees("You are talking with Anna")
    await noor.tab.goto("about:blank")
    await event(anna, "visitor_left")
    await noor.tab.go_back()
    await event(anna, "visitor_returned")
    await noor.sees("Does it shrink?")
    await noor.tab.close()
    await event(anna, "visitor_left")


async def test_another_page_of_the_shop_is_told(anna: Client, noor: Shopper) -> None:
    await noor.asks()
    await noor.tab.get_by_role("link", name="Returns").click()
    assert (await event(anna, "page_changed"))["page"] == "https://shop.example/returns"
    await expect(noor.tab.get_by_role("heading", name="Returns", level=1)).to_be_visible()
    await noor.tab.go_back()
    assert (await event(anna, "page_changed"))["page"] == "https://shop.example/coats"


async def test_the_screen_is_shared_and_no_longer(anna: Client, noor: Shopper) -> None:
    await noor.asks()
    await noor.button("Share screen").click()
    await event(anna, "screen_shared")
    await expect(noor.button("Stop sharing")).to_have_attribute("aria-pressed", "true")
    shown = noor.tab.get_by_label("What is on your screen")
    await expect(shown).to_have_value(re.compile("Harbour raincoat"))
    await noor.button("Stop sharing").click()
    await event(anna, "screen_unshared")
    await expect(noor.button("Share screen")).to_have_attribute("aria-pressed", "false")


async def test_what_is_written_without_a_connection_arrives_once_and_in_order(
    server: Visited, anna: Client, noor: Shopper
) -> None:
    await noor.asks("First")
    await noor.sees("You are talking with Anna")
    await noor.tab.route_web_socket("**/visitor/ws", lambda socket: socket.close())
    drops(server)
    await noor.sees("No connection.")
    await event(anna, "visitor_left")
    await noor.says("Second")
    await noor.says("Third")
    await expect(noor.log.get_by_text("Not sent yet")).to_have_count(2)
    await noor.tab.unroute_all()
    await noor.tab.route_web_socket("**/visitor/ws", lambda socket: socket.connect_to_server())
    await expect(noor.log.get_by_text("Not sent yet")).to_have_count(0)
    await noor.sees("Connected")
    said = [entry.text for entry in server.chats()[0].timeline if hasattr(entry, "text")]
    assert said == ["First", "Second", "Third"]
    await expect(noor.log.get_by_role("listitem")).to_have_count(4)


async def test_a_draft_survives_a_reload(noor: Shopper) -> None:
    await noor.asks()
    await noor.message.fill("Half a sen")
    await noor.tab.reload()
    await expect(noor.message).to_have_value("Half a sen")


async def test_a_copy_of_the_tab_takes_the_chat_over_and_the_first_says_so(
    context: BrowserContext, noor: Shopper
) -> None:
    await noor.asks()
    async with context.expect_page() as opened:
        await noor.tab.evaluate("open(location.href)")
    copy = await opened.value
    await expect(copy.get_by_text("Does it shrink?")).to_be_visible()
    await noor.sees("This chat is open in another window.")
    await noor.button("Try now").click()
    await noor.sees("Connected")
    await expect(copy.get_by_text("open in another window")).to_be_visible()


async def test_two_tabs_with_the_link_are_two_visitors(
    server: Visited, anna: Client, context: BrowserContext, noor: Shopper
) -> None:
    piet = Shopper(await context.new_page())
    await piet.comes(server.link)
    await noor.asks(name="Noor")
    await piet.asks("And mine?", name="Piet")
    await piet.sees("You are talking with Anna")
    assert [str(chat.visitor.name) for chat in server.chats()] == ["Noor", "Piet"]


async def test_hostile_words_are_only_words(anna: Client, noor: Shopper) -> None:
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script> {name} javascript:alert(3)"
    await noor.asks(hostile, name="<b>Noor</b>")
    chat = (await event(anna, "chat_opened"))["chat"]
    await writes(anna, 1, chat, hostile)
    await expect(noor.log.get_by_text(hostile)).to_have_count(2)
    assert await noor.log.locator("img, script, b, a").count() == 0


async def test_the_page_asks_nobody_but_its_own_house(server: Visited, tab: Page) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    await Shopper(tab).comes(server.link)
    assert len(asked) > 8
    assert all(url.startswith(f"http://{server.at}/visitor") for url in asked)


ATTEMPTS = {
    "document.body.innerHTML = '<b>bold</b>'": "require-trusted-types-for",
    "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))": (
        "require-trusted-types-for"
    ),
    "document.body.setAttribute('onclick', 'alert(1)'), document.body.click()": (
        "require-trusted-types-for"
    ),
    (
        "document.body.append(Object.assign(document.createElement('img'),"
        " {src: 'http://127.0.0.1:9/x.png'}))"
    ): "img-src",
    "fetch('http://127.0.0.1:9/').catch(() => 0)": "connect-src",
}
"""What a page must not do, and what of the policy stops it."""


async def test_the_policy_stops_whatever_a_page_must_not_do(
    server: Visited, context: BrowserContext
) -> None:
    page = await context.new_page()
    await page.goto(server.page)
    stopped = """
        new Promise((told) => {
          addEventListener("securitypolicyviolation",
            (one) => told(one.effectiveDirective), { once: true });
          try { %s } catch { }
        })
    """
    for attempt, directive in ATTEMPTS.items():
        assert await page.evaluate(stopped % attempt) == directive


async def test_the_typing_of_a_visitor_reaches_the_operator(anna: Client, noor: Shopper) -> None:
    await noor.asks()
    await noor.message.press_sequentially("Hm")
    while (one := await anna.gets("signal"))["signal"]["kind"] != "visitor_typing" or not one.get(
        "ttl", 6_000
    ):
        continue
    assert "preview" not in one["signal"]


async def test_before_the_session_begins_the_page_waits_and_then_opens(
    server: Visited, tab: Page
) -> None:
    noor = Shopper(tab)
    await noor.comes(server.link)
    await noor.sees("The chat has not opened yet.")
    await expect(noor.button("Start the chat")).to_be_disabled()
    async with anna_at_work(server):
        await expect(noor.button("Start the chat")).to_be_enabled()


async def test_minimised_it_counts_what_is_new(anna: Client, noor: Shopper) -> None:
    await noor.asks()
    chat = (await event(anna, "chat_opened"))["chat"]
    await noor.sees("Anna is here for you")
    await noor.button("Minimise the chat").click()
    await writes(anna, 1, chat, "Hello Noor")
    await expect(noor.button("Chat with us 1 new")).to_be_visible()


async def test_what_the_screen_shows_follows_the_page_unless_somebody_wrote_it(
    anna: Client, noor: Shopper
) -> None:
    await noor.asks()
    await noor.button("Share screen").click()
    await expect(noor.button("Stop sharing")).to_be_visible()
    shown = noor.tab.get_by_label("What is on your screen")
    await noor.tab.get_by_role("link", name="Returns").click()
    await expect(shown).to_have_value(re.compile("^Returns"))
    await shown.fill("My basket with one coat")
    await noor.tab.get_by_role("link", name="Delivery").click()
    await event(anna, "page_changed")
    await event(anna, "page_changed")
    await expect(shown).to_have_value("My basket with one coat")
