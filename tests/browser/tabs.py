"""Debian's Chromium, one for all tests; where it is missing they fail, and say what to do."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright

from tests.browser.shop import Shopper
from tests.server_stub.guests.visited import Visited, anna_at_work, visited
from tests.server_stub.serving import Client

CHROMIUM = Path("/usr/bin/chromium")
THERE = CHROMIUM.exists()
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


shared = pytest_asyncio.fixture(loop_scope="session", scope="session")
fresh = pytest_asyncio.fixture(loop_scope="session")
"""All in one loop: a browser belongs to the loop that started it."""


@shared
async def chromium() -> AsyncIterator[Browser]:
    assert THERE, "no Chromium: apt-get install chromium"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@fresh
async def context(chromium: Browser) -> AsyncIterator[BrowserContext]:
    size = ViewportSize(width=1280, height=800)
    context = await chromium.new_context(locale="en-GB", viewport=size)
    yield context
    await context.close()


@fresh
async def server() -> AsyncIterator[Visited]:
    async with visited() as served:
        yield served


@fresh
async def anna(server: Visited) -> AsyncIterator[Client]:
    async with anna_at_work(server) as operator:
        yield operator


@fresh
async def tab(context: BrowserContext) -> AsyncIterator[Page]:
    """A tab in which nothing may go wrong: no error, no word on the console."""
    page = await context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    assert not wrong


@fresh
async def noor(server: Visited, anna: Client, tab: Page) -> Shopper:
    """A visitor on the page, with the chat window open."""
    shopper = Shopper(tab)
    await shopper.comes(server.link)
    return shopper
