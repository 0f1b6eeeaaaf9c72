"""The kinds of files that trainers write, told apart by their endings before anything is read."""

from pathlib import Path

from server_stub.plays.problems import Problem

PLAY, SESSION = ".play", ".toml"
KINDS = (PLAY, SESSION)


def other_kind(path: Path, *wanted: str) -> Problem | None:
    """That a file which is there is of none of these kinds: one line, whatever stands in it."""
    if path.suffix in wanted or not path.is_file():
        return None
    return Problem(path.name, 0, *_told(path, *wanted), where="file")


def _told(path: Path, *wanted: str) -> tuple[str, str]:
    match path.suffix, wanted:
        case (".toml", _):
            hint = f"Serve it with server-stub serve {path}, or try one of its plays."
            return "this is a session, and one play is tried at a time.", hint
        case (".play", _):
            hint = f"Try it with server-stub try {path}, or name it in a session."
            return "this is a play: one visitor, and no session.", hint
        case (_, (".play",)):
            return "this is no play.", "A play is a text file whose name ends in .play."
        case (_, (".toml",)):
            return "this is no session.", "A session is a text file whose name ends in .toml."
        case _:
            return "this is neither a play (.play) nor a session (.toml).", "Nothing of it is read."
