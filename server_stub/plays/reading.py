"""`.play` files as plays: text unquoted, every mistake that keeps one from running told at once."""

from collections.abc import Collection, Iterator
from pathlib import Path

from server_stub.plays import intents
from server_stub.plays.decoding import decoded
from server_stub.plays.drafts import Draft, draft
from server_stub.plays.headings import heading
from server_stub.plays.joining import texts_of
from server_stub.plays.play import END, Goto, Play, Scene
from server_stub.plays.problems import Problem, ProblemsError, did_you_mean, one_of

FOLDER = Path(__file__).parent.parent / "library"
MISSPELT = 20
"""For so many names of scenes that are not there one that is near is looked for."""


def parse(
    text: str,
    file: str,
    id: str = "",  # noqa: A002
    known: Collection[str] | None = None,
) -> Play:
    """The play that `text` tells, which listens for intents that are `known` (None: built in).

    Raises `ProblemsError` with everything that is wrong.
    """
    reading = draft(text, file, intents.names() if known is None else known)
    scenes = [scene.scene() for scene in reading.open]
    if problems := [*reading.problems, *leading_nowhere(reading)]:
        raise ProblemsError(problems)
    reading.fields.setdefault("languages", tuple(_spoken(scenes)))
    return Play(
        id or Path(file).stem,
        heading(reading.fields),
        {scene.name: scene for scene in scenes},
        tuple(reading.past),
    )


def read(path: Path, known: Collection[str] | None = None) -> Play:
    """The play in a file. Raises `ProblemsError`, also when it cannot be read."""
    return parse(text_of(path), path.name, known=known)


def text_of(path: Path) -> str:
    """What stands in a file. Raises `ProblemsError`."""
    text, problems = loosely(path)
    if problems:
        raise ProblemsError(problems)
    return text


def loosely(path: Path) -> tuple[str, list[Problem]]:
    """What stands in a file as well as it can be read, and what keeps it from being read well.

    Raises `ProblemsError` when nothing of it can.
    """
    try:
        return decoded(path.read_bytes(), path.name)
    except OSError as error:
        near = did_you_mean(path.stem, _beside(path))
        what = f"{error.strerror}."
        raise ProblemsError([Problem(path.name, 0, what, near, where="file")]) from error


def _beside(path: Path) -> set[str]:
    """The names of the plays that stand where this one was looked for, and in the library."""
    folders = (path.parent, FOLDER) if path.suffix in {"", ".play"} else ()
    return {one.stem for folder in folders for one in folder.glob("*.play")}


def leading_nowhere(reading: Draft) -> Iterator[Problem]:
    """Leaps to scenes that are not there."""
    if not reading.open:
        yield Problem(reading.file, 1, "There is no scene.", 'Begin one: "== start".')
    known = {scene.name for scene in reading.open} | {END}
    hints = dict[str, str]()
    for scene in reading.open:
        guessed = ((line, to) for to, line in scene.guessed.items())
        for line, to in (*leaps(scene.scene()), *guessed):
            if to not in known:
                if to not in hints:
                    hints[to] = one_of(to, known) if len(hints) < MISSPELT else ""
                yield Problem(reading.file, line, f'There is no scene "{to}".', hints[to])


def leaps(scene: Scene) -> list[tuple[int, str]]:
    """Where a scene leads, with the lines that say so."""
    if isinstance(scene.then, Goto):
        return [(scene.then.line, scene.then.to)]
    return [(branch.line, branch.to) for branch in scene.then.branches]


def _spoken(scenes: list[Scene]) -> dict[str, None]:
    said = (texts_of(step) for scene in scenes for step in scene.steps)
    return dict.fromkeys(language for texts in said for language in texts if language)
