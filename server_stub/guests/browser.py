"""What a browser says of itself, in words for the operator (R98)."""

from msgspec import Struct

from operator_tui.desk.entries import NO_LINE
from operator_tui.desk.text import SafeLine, clean

BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
"""In this order: most of them also claim to be those that follow."""
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
PHONES, TABLETS = ("iPhone", "Mobile"), ("iPad", "Tablet")


class Browser(Struct, frozen=True):
    """Empty where nothing is known."""

    system: SafeLine = NO_LINE
    browser: SafeLine = NO_LINE
    device: SafeLine = NO_LINE


def browser_of(user_agent: str) -> Browser:
    """What the `User-Agent` header tells."""
    if not user_agent:
        return Browser()
    tablet = any(sign in user_agent for sign in TABLETS)
    phone = any(sign in user_agent for sign in PHONES)
    device = "tablet" if tablet else "phone" if phone else "computer"
    return Browser(
        clean(_first(SYSTEMS, user_agent), SafeLine),
        clean(_first(BROWSERS, user_agent), SafeLine),
        clean(device, SafeLine),
    )


def _first(signs: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in signs if sign in user_agent), "")
