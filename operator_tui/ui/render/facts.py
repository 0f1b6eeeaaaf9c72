"""What is known of a visitor, in words (R84, R97 to R101)."""

from collections.abc import Iterator
from datetime import tzinfo

from operator_tui.desk.model import Channel, Chat, Earlier
from operator_tui.desk.time import HOUR, MINUTE, SECOND, Millis
from operator_tui.ui.names import visitor_name
from operator_tui.ui.render.lines import split_address
from operator_tui.ui.times import in_month
from operator_tui.ui.words import tr, trn


def facts(chat: Chat, now: Millis, zone: tzinfo) -> Iterator[tuple[str, list[str]]]:
    """Keys and their lines, in the order of the card; what is not known is left out."""
    visitor = chat.visitor
    yield tr("name"), [visitor_name(visitor)]
    yield tr("language"), [language_name(chat.language)]
    yield tr("channel"), [_channel(chat.channel)]
    if chat.page:
        yield tr("page"), [" ".join(split_address(chat.page)).strip()]
    if chat.channel is Channel.WEB and chat.left_at is not None:
        yield tr("left"), [tr("{time} ago", time=running(now - chat.left_at))]
    elif visitor.on_site_since is not None:
        yield tr("on site"), [running(now - visitor.on_site_since)]
    if system := [line for line in (visitor.system, visitor.browser, visitor.device) if line]:
        yield tr("system"), [str(line) for line in system]
    yield tr("earlier"), [_earlier(visitor.earlier, now, zone)]


def running(length: Millis) -> str:
    """A length of time that is watched while it grows: `5:12`, from an hour on `1:05:12`."""
    length = max(0, length)
    minutes, seconds = length // MINUTE, length % MINUTE // SECOND
    if length >= HOUR:
        return f"{length // HOUR}:{minutes % 60:02}:{seconds:02}"
    return f"{minutes}:{seconds:02}"


def language_name(code: str) -> str:
    """A language in words; the code itself where we have none."""
    return {
        "da": tr("Danish"),
        "de": tr("German"),
        "en": tr("English"),
        "es": tr("Spanish"),
        "fi": tr("Finnish"),
        "fr": tr("French"),
        "it": tr("Italian"),
        "nl": tr("Dutch"),
        "no": tr("Norwegian"),
        "pl": tr("Polish"),
        "pt": tr("Portuguese"),
        "sv": tr("Swedish"),
        "uk": tr("Ukrainian"),
    }.get(code, code)


def _channel(channel: Channel) -> str:
    return tr("web chat") if channel is Channel.WEB else tr("messaging")


def _earlier(earlier: Earlier, now: Millis, zone: tzinfo) -> str:
    if not earlier.count:
        return tr("first chat")
    if earlier.last_at is None:
        return trn("{n} chat", "{n} chats", earlier.count)
    when = in_month(earlier.last_at, now, zone)
    return trn("{n} chat, {in_month}", "{n} chats, last {in_month}", earlier.count, in_month=when)
