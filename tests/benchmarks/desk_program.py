"""A desk to be killed: `python -m tests.benchmarks.desk_program URL FOLDER MOMENT NTH`.

It writes one reply after the other and dies at the NTH time that it comes to MOMENT. With the
moment `never` it writes none, and ends once nothing is unsent.
"""

import asyncio
import os
import random
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from operator_tui.clock import MonotonicClock
from operator_tui.desk.commands import WriteMessage
from operator_tui.desk.entries import Message
from operator_tui.desk.kept import Kept
from operator_tui.desk.text import SafeText, clean
from operator_tui.link.backend import LinkState, Update
from operator_tui.link.backoff import Backoff
from operator_tui.link.folded import Folded
from operator_tui.link.runner import Link
from operator_tui.link.server import Server
from operator_tui.link.socket import Socket
from operator_tui.store.desks import open_desk
from operator_tui.store.secret import Secret
from operator_tui.wire.delivery import Delivery
from tests.server_stub.serving import TOKEN
from tests.walk.stormy import OURS, VISITORS

KEY = "desk"
MOMENTS = ("taken", "begun", "written", "committed", "entered", "sending", "sent", "arrived")
"""The first four inside the store's transaction; then around Enter, the socket and delivery."""


def messages(kept: Kept) -> list[str]:
    """The texts on the desk, chat by chat."""
    desk = Folded(kept).desk
    chats = desk.chats.values() if desk is not None else ()
    return [str(one.text) for chat in chats for one in chat.timeline if isinstance(one, Message)]


def next_reply(kept: Kept, journal: Path) -> int:
    """What the operator, seeing the desk again, would write next."""
    waiting = [
        str(row.command.text) for row in kept.outbox if isinstance(row.command, WriteMessage)
    ]
    found = [text for text in (*messages(kept), *waiting) if text.startswith(OURS)]
    safe = journal.read_text().split() if journal.exists() else []
    return 1 + max([-1, *(int(text.split()[1]) for text in found), *map(int, safe)])


def arm(moment: str, nth: int) -> Callable[[str], None]:
    """Die at the moment, and say to the product's own functions when they come to one."""
    left = nth

    def comes_to(where: str) -> None:
        nonlocal left
        left -= where == moment
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    send, receive = Socket.send, Delivery.receive

    def sends(self: Socket, frame: object) -> None:
        comes_to("sending")
        send(self, frame)  # type: ignore[arg-type]
        comes_to("sent")

    def receives(self: Delivery, frames: object, now: float) -> object:
        comes_to("arrived")
        return receive(self, frames, now)  # type: ignore[arg-type]

    Socket.send, Delivery.receive = sends, receives  # type: ignore[assignment, method-assign]
    return comes_to


async def main(url: str, folder: Path, moment: str, nth: int) -> None:
    """Write until killed, or only finish what is unsent."""
    comes_to = arm(moment, nth)
    desk = open_desk(folder / "desks", KEY)
    desk.database._watched = comes_to
    journal = folder / "safe"
    done = asyncio.Event()

    def changed(update: Update) -> None:
        if update.connection.state is LinkState.LIVE and not update.outbox:
            done.set()

    async def find() -> Server:
        return Server(url, Secret(TOKEN))

    backoff = Backoff(random.random, within=0.0)
    link = Link(find, desk.store, MonotonicClock(), backoff=backoff)
    running = asyncio.create_task(link.run(changed))
    if moment != "never":
        await writes(link, next_reply(desk.kept, journal), journal, comes_to)
    await done.wait()
    await asyncio.sleep(0.5)  # the log may still have something to say
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    desk.database.close()


async def writes(link: Link, n: int, journal: Path, comes_to: Callable[[str], None]) -> None:
    """One reply after the other, from `n` on."""
    while True:
        await link.enter(
            WriteMessage(f"chat-{VISITORS[n % len(VISITORS)]}", clean(f"{OURS} {n}", SafeText))
        )
        comes_to("entered")
        with journal.open("a") as safe:
            safe.write(f"{n}\n")
        n += 1
        await asyncio.sleep(0.002)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])))
