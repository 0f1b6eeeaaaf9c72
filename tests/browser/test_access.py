"""What keyboard, screen reader, eyes and languages need of the page."""

from typing import Any, Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.shop import Shopper
from tests.server_stub.guests.visited import Visited, invites, writes
from tests.server_stub.serving import Client

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = {"desktop": (1280, 800), "phone": (360, 640), "enlarged four times": (320, 256)}


async def focused(page: Page) -> str:
    """The id of what has the focus, or its text."""
    return str(
        await page.evaluate("document.activeElement.id || document.activeElement.textContent")
    )


async def complaints(page: Page) -> list[str]:
    """What axe finds, by day and by night."""
    found = []
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        told: dict[str, Any] = (await Axe().run(page)).response
        found += [
            f"{scheme}, {one['id']}: {node['html'][:120]}"
            for one in told["violations"]
            for node in one["nodes"]
        ]
    return found


async def in_every_view(server: Visited, anna: Client, noor: Shopper) -> list[str]:
    """Walk through every view of a live chat, from the invitation on; what axe finds in them."""
    found = await complaints(noor.tab)
    await invites(anna, 1, server.looking()[0].visitor, "Can I help?")
    await noor.is_invited("Can I help?")
    found += await complaints(noor.tab)
    await noor.button("Minimise the chat").click()
    found += await complaints(noor.tab)
    await noor.button("Answer").click()
    await noor.sees("You are talking with Anna")
    chat = server.chats()[0].id
    await writes(anna, 2, chat, "Not at 30 degrees")
    await noor.sees("Not at 30 degrees")
    await noor.button("Share screen").click()
    await expect(noor.button("Stop sharing")).to_be_visible()
    await noor.button("End chat").click()
    found += await complaints(noor.tab)
    await noor.button("Keep talking").click()
    await anna.asks(3, "op-3", "close", chat=chat)
    await noor.sees("Anna has ended the chat")
    return found + await complaints(noor.tab)


async def in_messaging(server: Visited, anna: Client, noor: Shopper) -> list[str]:
    """The same where the conversation stays, with one that has ended above the next message."""
    await noor.tab.goto(f"{server.page}?channel=messaging")
    await noor.button("Start a new chat").click()
    await noor.asks("Where is my parcel?")
    await noor.sees("You are talking with Anna")
    found = await complaints(noor.tab)
    await anna.asks(4, "op-4", "close", chat=server.chats()[0].id)
    await noor.sees("Anna has ended the chat")
    await invites(anna, 5, server.looking()[0].visitor, "Can I help again?")
    await noor.is_invited("Can I help again?")
    return found + await complaints(noor.tab)


@pytest.mark.parametrize("size", SIZES)
async def test_axe_finds_nothing_in_any_view(
    server: Visited, anna: Client, noor: Shopper, size: str
) -> None:
    width, height = SIZES[size]
    await noor.tab.set_viewport_size({"width": width, "height": height})
    assert not await in_every_view(server, anna, noor)
    assert not await in_messaging(server, anna, noor)


async def tabs_through(page: Page, times: int) -> list[str]:
    """What has the focus after each press of Tab."""
    seen = []
    for _ in range(times):
        await page.keyboard.press("Tab")
        seen.append(await focused(page))
    return seen


async def test_everything_is_reached_with_the_keyboard_in_the_order_it_is_read(
    server: Visited, anna: Client, tab: Page
) -> None:
    await tab.goto(server.link)
    shop = ("Skip to the shop", "Coats", "Delivery", "Returns", "EN", "NL", "PL", "FI", "launcher")
    assert await tabs_through(tab, 9) == list(shop)
    await tab.keyboard.press("Enter")
    assert await focused(tab) == "name"
    await expect(tab.get_by_role("button", name="Start the chat")).to_be_enabled()
    assert await tabs_through(tab, 2) == ["question", "begin"]


async def test_a_chat_is_held_with_the_keyboard_alone(noor: Shopper) -> None:
    keyboard = noor.tab.keyboard
    await keyboard.type("Noor")
    await keyboard.press("Tab")
    await keyboard.type("Does it shrink?")
    await keyboard.press("Tab")
    await expect(noor.button("Start the chat")).to_be_enabled()
    await keyboard.press("Enter")
    await noor.sees("You are talking with Anna")
    assert await focused(noor.tab) == "text"
    await keyboard.type("One line")
    await keyboard.press("Shift+Enter")
    await keyboard.type("and another")
    await keyboard.press("Enter")
    await noor.sees("One line\nand another")
    assert await tabs_through(noor.tab, 3) == ["send", "share", "end"]


async def test_escape_minimises_and_the_focus_goes_where_one_came_from(noor: Shopper) -> None:
    assert await focused(noor.tab) == "name"
    await noor.tab.keyboard.press("Escape")
    await expect(noor.window).to_be_hidden()
    assert await focused(noor.tab) == "launcher"


async def test_ending_asks_first_and_escape_is_no(noor: Shopper) -> None:
    await noor.asks()
    await noor.button("End chat").click()
    assert await focused(noor.tab) == "end-yes"
    await noor.tab.keyboard.press("Escape")
    assert await focused(noor.tab) == "end"
    await expect(noor.window).to_be_visible()


async def test_the_end_takes_the_focus_to_its_heading_and_stars_are_chosen_with_arrows(
    server: Visited, anna: Client, noor: Shopper
) -> None:
    await noor.asks()
    await noor.message.focus()
    await anna.asks(1, "op-1", "close", chat=server.chats()[0].id)
    await noor.sees("Anna has ended the chat")
    assert await focused(noor.tab) == "over-title"
    await noor.tab.keyboard.press("Tab")
    await noor.tab.keyboard.press("ArrowRight")
    await expect(noor.tab.get_by_role("radio", name="2 stars")).to_be_checked()


async def test_who_does_not_look_hears_what_comes(
    server: Visited, anna: Client, noor: Shopper
) -> None:
    await noor.asks()
    await expect(noor.log).to_have_attribute("role", "log")
    roles = await noor.tab.evaluate(
        """Array.from(document.querySelectorAll(
             "#who, #connection, #typing, #thanks, #invitation-said"),
           (one) => one.getAttribute("role"))"""
    )
    assert roles == ["status"] * 5


async def test_the_focus_is_seen_against_what_is_around_it(noor: Shopper) -> None:
    for scheme in SCHEMES:
        await noor.tab.emulate_media(color_scheme=scheme)
        await noor.tab.keyboard.press("Tab")
        await noor.tab.keyboard.press("Shift+Tab")
        outline = "getComputedStyle(document.activeElement).outline"
        assert "3px" in str(await noor.tab.evaluate(outline))


async def fits(page: Page, element: str) -> bool:
    """Whether nothing in it is wider than itself."""
    inside = f"document.getElementById('{element}')"
    return bool(await page.evaluate(f"{inside}.scrollWidth <= {inside}.clientWidth"))


async def everything_fits(tab: Page, language: str) -> None:
    """In this language, on each page, with the invitation in the window and without a window."""
    await tab.locator(f"[data-language={language}]").evaluate("(one) => one.click()")
    for page in ("coats", "delivery", "returns"):
        await tab.locator(f"[data-page={page}]").evaluate("(one) => one.click()")
        assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await fits(tab, "chat-window")
    await tab.locator("#minimise").click()
    assert await fits(tab, "invitation")
    box = await tab.locator("#invitation").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    await tab.locator("#launcher").evaluate("(one) => one.click()")


@pytest.mark.parametrize("size", SIZES)
async def test_no_text_is_wider_than_the_screen(
    server: Visited, anna: Client, noor: Shopper, size: str
) -> None:
    width, height = SIZES[size]
    await noor.tab.set_viewport_size({"width": width, "height": height})
    await invites(anna, 1, server.looking()[0].visitor, "Unbreakably" * 40)
    await noor.is_invited("Unbreakably")
    for language in ("en", "nl", "pl", "fi"):
        await everything_fits(noor.tab, language)


async def test_the_language_is_the_parameters_else_the_browsers_and_can_be_changed(
    server: Visited, anna: Client, context: BrowserContext
) -> None:
    browser = context.browser
    assert browser is not None
    polish = await browser.new_context(locale="pl-PL")
    page = await polish.new_page()
    await page.goto(server.link)
    await expect(page.get_by_role("button", name="Porozmawiaj z nami")).to_be_visible()
    await page.goto(f"{server.page}?lang=fi")
    await expect(page.get_by_role("button", name="Juttele kanssamme")).to_be_visible()
    await page.get_by_role("button", name="Nederlands").click()
    await expect(page.get_by_role("button", name="Chat met ons")).to_be_visible()
    assert await page.evaluate("document.documentElement.lang") == "nl"
    await page.get_by_role("button", name="Chat met ons").click()
    await page.get_by_label("Je naam").fill("Noor")
    await page.get_by_label("Je vraag").fill("Krimpt hij?")
    await page.get_by_role("button", name="Chat starten").click()
    await expect(page.get_by_text("Je chat met Anna")).to_be_visible()
    assert server.chats()[0].language == "nl"
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_text("You are talking with Anna")).to_be_visible()


async def test_nothing_moves_for_who_wants_no_motion(noor: Shopper) -> None:
    await noor.tab.emulate_media(reduced_motion="reduce")
    moving = "getComputedStyle(document.getElementById('chat-window')).animationName"
    assert await noor.tab.evaluate(moving) == "none"
