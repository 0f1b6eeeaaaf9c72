"""`.play` files, read line by line: text unquoted, every mistake reported at once."""

import re
from pathlib import Path

from msgspec import Struct

from server_stub.visitors.actions import LineError, read_action, read_span
from server_stub.visitors.branches import read_branch, read_target
from server_stub.visitors.headings import Fields, heading, read_heading
from server_stub.visitors.play import (
    ANY,
    END,
    Branch,
    Goto,
    Listen,
    Play,
    Say,
    Scene,
    Step,
)
from server_stub.visitors.problems import Problem, ProblemsError, one_of

FOLDER = Path(__file__).parent.parent / "library"

_SCENE = re.compile(r"==\s*(.*?)\s*(?:==)?")
_NAME = re.compile(r"[\w-]{1,40}")
_AFTER = re.compile(r"after\s+(\S+)(?:\s+(.*))?", re.DOTALL)


class _Open(Struct):
    """A scene while its lines are being read."""

    line: int
    name: str
    steps: list[Step]
    branches: list[Branch]
    listens: int | None = None
    goto: Goto | None = None

    def scene(self) -> Scene:
        """The scene, read to its end."""
        then: Listen | Goto = self.goto or Goto(self.line, END)
        if self.listens is not None:
            then = Listen(self.listens, tuple(self.branches))
        return Scene(self.line, self.name, tuple(self.steps), then)


class _Reader:
    """What has been read of one file so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.fields: Fields = {}
        self.open: list[_Open] = []

    def line(self, number: int, line: str) -> None:
        """Read one line; a mistake in it is kept and the next line is read."""
        try:
            if line.startswith("=="):
                self._scene(number, line)
            elif not self.open:
                read_heading(line, self.fields)
            else:
                self._in_scene(self.open[-1], number, line)
        except LineError as error:
            self.problem(number, error.what, error.suggestion)

    def problem(self, number: int, what: str, suggestion: str = "") -> None:
        """Keep a mistake."""
        self.problems.append(Problem(self.file, number, what, suggestion))

    def _scene(self, number: int, line: str) -> None:
        match = _SCENE.fullmatch(line)
        name = match.group(1) if match else ""
        self.open.append(_Open(number, name, [], []))
        if not _NAME.fullmatch(name):
            raise LineError(f'"{name[:40]}" is no name of a scene.', "One word: == waiting.")
        if name == END:
            raise LineError('"end" is where every play stops.', "Give the scene another name.")
        if any(scene.name == name for scene in self.open[:-1]):
            raise LineError(f'There is a scene "{name}" already.', "Give this one another name.")

    def _in_scene(self, scene: _Open, number: int, line: str) -> None:
        if line.split(maxsplit=1)[0] in {"if", "else"}:
            if scene.listens is None:
                raise LineError("A branch belongs under a listen.", 'Write "listen" above it.')
            scene.branches.append(read_branch(number, line))
        elif scene.listens is not None or scene.goto is not None:
            raise LineError(
                "The scene has ended with its listen or ->.", 'Begin a new one: "== name".'
            )
        elif line == "listen":
            scene.listens = number
        elif line.startswith("->"):
            scene.goto = Goto(number, read_target(line[2:]))
        else:
            step = _step(number, line)
            self._check_language(step)
            _add(scene.steps, step)

    def _check_language(self, step: Step) -> None:
        declared = self.fields.get("languages")
        for language in step.action.texts if isinstance(step.action, Say) else ():
            if declared and language != ANY and language not in declared:
                what = f'The heading does not name the language "{language}".'
                self.problem(step.line, what, one_of(language, declared))


def _step(number: int, line: str) -> Step:
    after = 0
    if line == "after" or ((timed := _AFTER.fullmatch(line)) and not timed.group(2)):
        raise LineError("Nothing happens after this time.", "Write after 3s says[en] Hello.")
    if timed := _AFTER.fullmatch(line):
        after = read_span(timed.group(1))
        line = timed.group(2).strip()
    return Step(number, after, read_action(line))


def _add(steps: list[Step], step: Step) -> None:
    """Append, or join a message to the one above when it is the same in another language."""
    above = steps[-1] if steps else None
    if (
        above is not None
        and isinstance(above.action, Say)
        and isinstance(step.action, Say)
        and step.after in {0, above.after}
        and not above.action.texts.keys() & step.action.texts.keys()
        and ANY not in above.action.texts
        and ANY not in step.action.texts
    ):
        steps[-1] = Step(above.line, above.after, Say(above.action.texts | step.action.texts))
    else:
        steps.append(step)


def parse(text: str, file: str, id: str = "") -> Play:  # noqa: A002
    """The play that `text` tells. Raises `ProblemsError` with everything that is wrong."""
    reader = _Reader(file)
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        bare = line.strip()
        if bare and not bare.startswith("#"):
            reader.line(number, bare)
    scenes = [scene.scene() for scene in reader.open]
    _check(reader, scenes)
    if reader.problems:
        raise ProblemsError(reader.problems)
    reader.fields.setdefault("languages", tuple(_spoken(scenes)))
    return Play(id or Path(file).stem, heading(reader.fields), {s.name: s for s in scenes})


def read(path: Path) -> Play:
    """The play in a file. Raises `ProblemsError`, also when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemsError([Problem(path.name, 0, str(error), where="file")]) from error
    return parse(text, path.name)


def _check(reader: _Reader, scenes: list[Scene]) -> None:
    if not scenes:
        reader.problem(1, "There is no scene.", 'Begin one: "== start".')
    known = {scene.name for scene in scenes} | {END}
    for scene in scenes:
        for line, to in _leaps(scene):
            if to not in known:
                reader.problem(line, f'There is no scene "{to}".', one_of(to, known))


def _leaps(scene: Scene) -> list[tuple[int, str]]:
    if isinstance(scene.then, Goto):
        return [(scene.then.line, scene.then.to)]
    return [(branch.line, branch.to) for branch in scene.then.branches]


def _spoken(scenes: list[Scene]) -> dict[str, None]:
    said = (step.action for scene in scenes for step in scene.steps if isinstance(step.action, Say))
    return dict.fromkeys(language for say in said for language in say.texts if language)
