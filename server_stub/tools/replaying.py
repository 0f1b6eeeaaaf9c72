"""`server-stub replay`: a recorded session played again, and its logs compared."""

from pathlib import Path

from server_stub.fingerprint import fingerprint
from server_stub.plays.actions import LineError
from server_stub.plays.problems import ProblemsError
from server_stub.replay import replayed
from server_stub.told import Exit, say


def replay(path: Path) -> int:
    """Play it and say whether the logs are the same. 1 when they are not, or it cannot be read."""
    try:
        practice, ended = replayed(path)
    except (OSError, ProblemsError, LineError) as error:
        say(str(error))
        return Exit.WRONG
    found = fingerprint(practice.ledger, practice.floor.staff)
    for operator in practice.floor.staff:
        say(f"{operator}: {practice.ledger.head(operator)} events")
    say(f"fingerprint {found}")
    if ended is None:
        say("The recording was broken off, so it says nothing to compare with.")
    elif ended.fingerprint != found:
        say(f"The recording says {ended.fingerprint}: this is not the same session.")
        return Exit.WRONG
    else:
        say("The same as recorded.")
    return Exit.FINE
