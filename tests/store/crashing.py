"""A program that writes a desk and is killed: `python -m tests.store.crashing FILE MOMENT NTH`.

Each round saves a draft, then enters it as a reply together with an event, and says so once the
commit has returned. At the NTH time that the database comes to MOMENT, it dies without a word.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from operator_tui.desk import drafts
from operator_tui.desk.kept import Batch, DraftKey, Place
from operator_tui.desk.model import Desk
from operator_tui.store.database import Database
from operator_tui.store.drafts import SqliteDrafts
from operator_tui.store.files import opened
from operator_tui.store.outbox import SqliteStore
from tests.desk.histories import ME
from tests.store.desks import logged, says
from tests.wire.desk_side import row

ROUNDS = 40


async def main(path: Path, moment: str, nth: int) -> None:
    """Write until killed."""
    left = nth

    def watched(where: str) -> None:
        nonlocal left
        left -= where == moment
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    database = Database(opened(path), watched=watched)
    store, kept = SqliteStore(database), SqliteDrafts(database, {})
    for n in range(1, ROUNDS):
        key = DraftKey(f"c{n}")
        await kept.save(key, drafts.of(f"draft {n}"))
        print(f"draft {n}", flush=True)
        desk = Desk(ME, seq=n - 1) if n % 8 == 1 else None
        events = logged(says(f"c{n}", f"m{n}", f"word {n}"), first=n)
        rows = (row(f"op{n}"),)
        await store.commit(Batch(Place("d", "e", n, n + 1), desk, events, rows, drafts=(key,)))
        print(f"reply {n}", flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
