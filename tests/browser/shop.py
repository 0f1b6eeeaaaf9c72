"""A visitor at the keyboard, in words of the page."""

from playwright.async_api import Locator, Page, expect


class Shopper:
    """Finds everything as a screen reader would: by role and name."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab

    async def comes(self, link: str) -> None:
        await self.tab.goto(link)
        await self.button("Chat with us").click()
        await expect(self.tab.get_by_text("Connected", exact=True)).to_be_visible()

    async def asks(self, question: str = "Does it shrink?", name: str = "Noor") -> None:
        await self.tab.get_by_label("Your name").fill(name)
        await self.tab.get_by_label("Your question").fill(question)
        await self.button("Start the chat").click()
        await expect(self.log.get_by_text(question)).to_be_visible()

    async def says(self, text: str) -> None:
        await self.message.fill(text)
        await self.message.press("Enter")

    async def is_invited(self, text: str) -> None:
        await expect(self.invitation.get_by_text(text)).to_be_visible()

    async def is_not_invited(self) -> None:
        await expect(self.invitation).to_be_hidden()

    async def sees(self, text: str) -> None:
        await expect(self.window.get_by_text(text)).to_be_visible()

    async def sees_no_more(self, text: str) -> None:
        await expect(self.tab.get_by_text(text)).to_have_count(0)

    @property
    def window(self) -> Locator:
        return self.tab.get_by_role("region", name="Chat with Heron & Rain")

    @property
    def invitation(self) -> Locator:
        return self.tab.get_by_role("region", name="Anna from Heron & Rain")

    @property
    def log(self) -> Locator:
        return self.tab.get_by_role("log", name="Conversation")

    @property
    def message(self) -> Locator:
        return self.tab.get_by_role("textbox", name="Your message")

    def button(self, name: str) -> Locator:
        return self.tab.get_by_role("button", name=name, exact=True)
