"""What keyboard, screen reader, eyes and languages need of the page."""

from typing import Any, Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.shop import Shopper
from tests.server_stub.serving import Client
from tests.server_stub.visiting.visited import Visited, writes

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
Scheme = Literal["light", "dark"]
SIZES = {"desktop": (1280, 800), "phone": (360, 640), "enlarged four times": (320, 256)}


async def focused(page: Page) -> str:
    """The id of what has the focus, or its text."""
    return str(
        await page.evaluate("document.activeElement.id || document.activeElement.textContent")
    )


async def complaints(page: Page) -> list[str]:
    found: dict[str, Any] = (await Axe().run(page)).response
    return [
        f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]
    ]


async def in_every_view(server: Visited, anna: Client, noor: Shopper) -> list[str]:
    """Walk through every view of the window; what axe finds in any of them."""
    found = await complaints(noor.tab)
    await noor.asks()
    chat = server.chats()[0].id
    await writes(anna, 1, chat, "Not at 30 degrees")
    await noor.sees("Not at 30 degrees")
    await noor.button("Share screen").click()
    await expect(noor.button("Stop sharing")).to_be_visible()
    await noor.button("End chat").click()
    found += await complaints(noor.tab)
    await noor.button("Keep talking").click()
    await anna.asks(2, "op-2", "close", chat=chat)
    await noor.sees("Anna has ended the chat")
    found += await complaints(noor.tab)
    await noor.button("Minimise the chat").click()
    return found + await complaints(noor.tab)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
async def test_axe_finds_nothing_in_any_view(
    server: Visited, anna: Client, noor: Shopper, scheme: Scheme, size: str
) -> None:
    await noor.tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    width, height = SIZES[size]
    await noor.tab.set_viewport_size({"width": width, "height": height})
    assert not await in_every_view(server, anna, noor)


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
        """Array.from(document.querySelectorAll("#who, #connection, #typing, #thanks"),
           (one) => one.getAttribute("role"))"""
    )
    assert roles == ["status"] * 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_focus_is_seen_against_what_is_around_it(noor: Shopper, scheme: Scheme) -> None:
    await noor.tab.emulate_media(color_scheme=scheme)
    await noor.tab.keyboard.press("Tab")
    await noor.tab.keyboard.press("Shift+Tab")
    outline = "getComputedStyle(document.activeElement).outline"
    assert "3px" in str(await noor.tab.evaluate(outline))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "nl", "pl", "fi"])
async def test_no_text_is_wider_than_the_screen(
    server: Visited, anna: Client, tab: Page, size: str, language: str
) -> None:
    width, height = SIZES[size]
    await tab.set_viewport_size({"width": width, "height": height})
    await tab.goto(server.link.replace("#", f"?lang={language}#"))
    await tab.locator("#launcher").click()
    for page in ("coats", "delivery", "returns"):
        await tab.locator(f"[data-page={page}]").evaluate("(one) => one.click()")
        assert await tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    inside = "document.getElementById('chat-window')"
    assert await tab.evaluate(f"{inside}.scrollWidth <= {inside}.clientWidth")


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
    await page.get_by_role("button", name="Chat beginnen").click()
    await expect(page.get_by_text("Je praat met Anna")).to_be_visible()
    assert server.chats()[0].language == "nl"
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_text("You are talking with Anna")).to_be_visible()


async def test_nothing_moves_for_who_wants_no_motion(noor: Shopper) -> None:
    await noor.tab.emulate_media(reduced_motion="reduce")
    moving = "getComputedStyle(document.getElementById('chat-window')).animationName"
    assert await noor.tab.evaluate(moving) == "none"
