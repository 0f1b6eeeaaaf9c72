"""A `.play` file read line by line: what it tells, and every mistake in it, kept side by side."""

import re
from collections.abc import Collection, Iterable

from msgspec import Struct

from operator_tui.desk.entries import Language
from server_stub.plays.actions import LineError, read_action, read_span
from server_stub.plays.branches import read_branch, read_target, with_arrows
from server_stub.plays.headings import REPEATED, Fields, read_heading
from server_stub.plays.joining import joined, texts_of
from server_stub.plays.play import (
    END,
    Branch,
    Goto,
    Listen,
    Reactivate,
    Say,
    Scene,
    Spoken,
    Step,
)
from server_stub.plays.problems import Problem, did_you_mean, one_of
from server_stub.plays.spelling import corrected
from server_stub.plays.who import ANY

_SCENE = re.compile(r"==\s*(.*?)\s*(?:==)?")
_NAME = re.compile(r"[\w-]{1,40}")
_BRANCH = re.compile(r"(?:if|else)(?:\s|->|$)")
_AFTER = re.compile(r"after\s+(\S+)(?:\s+(.*))?", re.DOTALL)
_AGO = re.compile(r"(\S+)\s+ago\s+(operator\s+)?(says.*)", re.DOTALL)


class Open(Struct):
    """A scene while its lines are being read."""

    line: int
    name: str
    steps: list[Step]
    branches: list[Branch]
    listens: int | None = None
    goto: Goto | None = None
    lost: bool = False
    """A line that could not be read seems to lead on."""
    cut: int | None = None
    """So many of its steps are sure to follow each other; None: all of them."""
    guessed: dict[str, int] = {}
    """Where its broken lines seem to lead, each with its line."""
    over: bool = False
    """Something stands below its end, and that was told."""

    def scene(self) -> Scene:
        """The scene, read to its end."""
        then: Listen | Goto = self.goto or Goto(self.line, END)
        if self.listens is not None:
            then = Listen(self.listens, tuple(self.branches))
        return Scene(self.line, self.name, tuple(self.steps), then)


class Draft:
    """What has been read of one file so far; branches may listen for `intents`."""

    def __init__(self, file: str, intents: Collection[str]) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.fields: Fields = {}
        self.open: list[Open] = []
        self.past: list[Spoken] = []
        self.told: dict[str, dict[Language, int]] = {}
        """Where the heading says what, by language."""
        self.repeated: list[tuple[int, str, str]] = []
        """Lines of the heading that take back what stands above them."""
        self._intents = intents
        self._names: set[str] = set()

    def line(self, number: int, line: str) -> None:
        """Read one line; a mistake in it is kept and the next line is read."""
        scene = self.open[-1] if self.open else None
        try:
            if line.startswith("=="):
                self._scene(number, line)
                return
            line, word = corrected(line, in_scene=scene is not None)
            if word:
                self.problem(number, f'This is written "{word}".', "Small letters, no colon.")
            if scene is None:
                self._heading(number, line)
            else:
                self._in_scene(scene, number, line)
        except LineError as error:
            for one in (error, *error.others):
                self.problem(number, one.what, one.suggestion)
            if scene is not None and not line.startswith("=="):
                _break(scene, number, line)

    def problem(self, number: int, what: str, suggestion: str = "") -> None:
        """Keep a mistake."""
        self.problems.append(Problem(self.file, number, what, suggestion))

    def _heading(self, number: int, line: str) -> None:
        key, language = read_heading(line, self.fields)
        lines = self.told.setdefault(key, {})
        if language in lines and key not in REPEATED:
            what = f'"{key}" stands in line {lines[language]} already, and only this one counts.'
            self.repeated.append((number, what, "Leave one of them out."))
        lines[language] = number

    def _scene(self, number: int, line: str) -> None:
        match = _SCENE.fullmatch(line)
        name = match.group(1) if match else ""
        self.open.append(Open(number, name, [], []))
        if not _NAME.fullmatch(name):
            raise LineError(f'"{name[:40]}" is no name of a scene.', "One word: == waiting.")
        if name == END:
            raise LineError('"end" is where every play stops.', "Give the scene another name.")
        if name in self._names:
            raise LineError(f'There is a scene "{name}" already.', "Give this one another name.")
        self._names.add(name)

    def _in_scene(self, scene: Open, number: int, line: str) -> None:
        if _BRANCH.match(line):
            self._branch(scene, number, line)
        elif scene.listens is not None or scene.goto is not None:
            self._below(scene, number)
            self._otherwise(Open(number, scene.name, [], []), number, line)
        else:
            self._otherwise(scene, number, line)

    def _otherwise(self, scene: Open, number: int, line: str) -> None:
        if line == "listen":
            scene.listens = number
        elif line.startswith("->"):
            scene.goto = Goto(number, read_target(line[2:]))
        elif ago := _AGO.fullmatch(line):
            self._spoken(number, ago)
        else:
            step = self._begun(_step(number, line))
            self._check_languages(number, texts_of(step))
            _add(scene.steps, step)

    def _branch(self, scene: Open, number: int, line: str) -> None:
        if scene.goto is not None:
            self._below(scene, number)
        elif scene.listens is None:
            scene.listens = number
            what = "A branch belongs under a listen."
            self.problem(number, what, 'Write "listen" above it.')
        scene.branches.append(read_branch(number, line, self._intents))

    def _below(self, scene: Open, number: int) -> None:
        """Something stands below the end of a scene: told once."""
        if not scene.over:
            what = "The scene has ended with its listen or ->."
            self.problem(number, what, 'Begin a new one: "== name".')
        scene.over = True
        _cut(scene)

    def _spoken(self, number: int, ago: re.Match[str]) -> None:
        if len(self.open) > 1 or self.open[0].steps:
            raise LineError(
                "The past stands at the beginning of the play.",
                "Put it right under the first scene's name.",
            )
        action = read_action(ago.group(3))
        texts = action.texts if isinstance(action, Say) else {}
        self._check_languages(number, texts)
        spoken = Spoken(number, read_span(ago.group(1)), bool(ago.group(2)), texts)
        above = self.past[-1] if self.past else None
        if above is not None and above.ago < spoken.ago:
            raise LineError("This was before what stands above it.", "Put them in order of time.")
        if above and (above.ago, above.operator) == (spoken.ago, spoken.operator):
            self.past[-1] = Spoken(above.line, above.ago, above.operator, above.texts | texts)
        else:
            self.past.append(spoken)

    def _check_languages(self, number: int, texts: Iterable[Language]) -> None:
        declared: tuple[Language, ...] = self.fields.get("languages", ())
        for language in texts if declared else ():
            if language not in {ANY, *declared}:
                what = f'The heading does not name the language "{language}".'
                self.problem(number, what, one_of(language, declared))

    def _begun(self, step: Step) -> Step:
        """The step; a boomerang without a time comes as long after the past as that is ago."""
        match step.action:
            case Reactivate(0, boomerang=True):
                if not self.past:
                    raise LineError(
                        "Nobody knows how long the silence was.", "Write boomerang after 14h."
                    )
                return Step(step.line, step.after, Reactivate(self.past[-1].ago, boomerang=True))
            case _:
                return step


def _break(scene: Open, number: int, line: str) -> None:
    """Know of the scene that a line of it could not be read, and what that line may have been."""
    scene.lost = scene.lost or _leads_on(line)
    if not _BRANCH.match(line):
        _cut(scene)
    to = with_arrows(line).rpartition("->")
    if to[1] and _NAME.fullmatch(name := to[2].strip()):
        scene.guessed.setdefault(name, number)


def _cut(scene: Open) -> None:
    scene.cut = len(scene.steps) if scene.cut is None else scene.cut


def _leads_on(line: str) -> bool:
    first = line.split(maxsplit=1)[0]
    return "->" in line or first == "if" or bool(did_you_mean(first, ("listen", "else")))


def _step(number: int, line: str) -> Step:
    after = 0
    timed = _AFTER.fullmatch(line)
    if line == "after" or (timed and not timed.group(2)):
        raise LineError("Nothing happens after this time.", "Write after 3s says Hello.")
    if timed:
        after = read_span(timed.group(1))
        line = timed.group(2).strip()
    return Step(number, after, read_action(line))


def _add(steps: list[Step], step: Step) -> None:
    """Append, or join to the one above what is the same in another language."""
    if steps and (both := joined(steps[-1], step)) is not None:
        steps[-1] = both
    else:
        steps.append(step)


def draft(text: str, file: str, intents: Collection[str]) -> Draft:
    """Everything that the text tells, and its mistakes line by line; nothing is raised."""
    reading = Draft(file, intents)
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        bare = line.strip()
        if bare and not bare.startswith("#"):
            reading.line(number, bare)
    return reading
