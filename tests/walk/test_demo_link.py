from operator_tui.clock import MonotonicClock
from operator_tui.desk.commands import WriteMessage
from operator_tui.desk.entries import AuthorKind, Message
from operator_tui.desk.text import SafeText, clean
from operator_tui.link.backend import LinkState, Update
from operator_tui.link.bundled import BundledServer
from operator_tui.link.runner import Link
from tests.link.small_server import running
from tests.memory import MemoryStore

HELLO = clean("Hello, I am here.", SafeText)


def own_words(update: Update, chat: str) -> list[str]:
    timeline = update.desk.chats[chat].timeline if update.desk is not None else ()
    return [
        entry.text
        for entry in timeline
        if isinstance(entry, Message)
        and entry.author.kind is AuthorKind.OPERATOR
        and entry.origin is not None
    ]


async def test_a_reply_reaches_the_bundled_server_and_its_end_is_noticed() -> None:
    with BundledServer(["--seed=7", "--operator=Noor"]) as server:
        link = Link(server.find, MemoryStore(), MonotonicClock())
        async with running(link) as screen:
            update = await screen.shows(lambda u: u.desk is not None and bool(u.desk.chats))
            assert update.connection.state is LinkState.LIVE
            assert update.desk is not None
            assert update.desk.operator.name == "Noor"
            chat = next(one.id for one in update.desk.chats.values() if one.closed_at is None)

            await link.enter(WriteMessage(chat, HELLO))
            update = await screen.shows(lambda u: HELLO in own_words(u, chat))
            assert update.outbox == ()

            server.close()
            update = await screen.shows(lambda u: u.connection.state is LinkState.LOST)
            assert own_words(update, chat) == [HELLO]
            await link.enter(WriteMessage(chat, HELLO))
            await screen.shows(lambda u: [row.fate for row in u.outbox] == ["waiting"])
