"""`server-stub try`: a play in the terminal, as text, with its tree of branches at the end."""

import re
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from operator_tui.desk.entries import Language
from operator_tui.desk.text import clean
from operator_tui.desk.time import SECOND, Millis
from server_stub.control.errors import OrderError
from server_stub.control.rehearsed import WORDS, Rehearsed
from server_stub.plays import checking, intents, reading
from server_stub.plays.outline import condition, outline, summary
from server_stub.plays.play import Play, Transferred
from server_stub.plays.problems import ProblemsError
from server_stub.plays.spans import HOW, span, written
from server_stub.plays.who import in_language
from server_stub.told import Exit, say
from server_stub.tools.asked_for import file_of, language_of
from server_stub.tools.walking import walked
from server_stub.visitors.acts import Acted
from server_stub.visitors.course import Is
from server_stub.visitors.rehearsal import LISTENS, Rehearsal, clock

HELP = """Write what the operator says, and Enter. An empty line lets time pass until
the visitor does something by itself.
  0:40 Hello    says it at that time of the play, even while the visitor is typing
  /wait 2m      lets two minutes pass
  /invite Hi    offers help to a visitor who looks around
  /leave, /return ADDRESS, /share TEXT, /unshare, /silence 3m, /anger, /say TEXT, /burst 3,
  /boomerang, /transfer from NAME note TEXT, /do ACTION
                make the visitor do it, as a trainer can with server-stub ctl
  /tree         shows the branches, x where you were
  /close        closes the chat
  /quit         stops"""
_TIMED = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?\s+(.+)")


def try_play(options: Namespace) -> int:
    """Play one play. 1 when it cannot be read, or when a walk does not come through."""
    try:
        path = file_of(options.file)
        known = intents.extended(path.parent / "intents")
        play = reading.read(path, intents.names(known))
        language = language_of(play, options.lang)
        if options.walk:
            return walked(play, language, known)
        lines = _script(options.script) if options.script else None
    except ProblemsError as error:
        say(str(error))
        return Exit.WRONG
    for problem in checking.check(path):
        say(f"({problem})")
    _introduce(play, language)
    if lines is None and sys.stdin.isatty():
        say(HELP + "\n")
    rehearsal = Rehearsal(play, language, known, options.seed or 1)
    _play(rehearsal, Rehearsed(rehearsal, path, known), lines)
    return Exit.FINE


def _script(name: str) -> list[str]:
    if name == "-":
        return sys.stdin.read().splitlines()
    return reading.text_of(Path(name)).splitlines()


def _introduce(play: Play, language: Language) -> None:
    heading = play.heading
    say(f"{in_language(heading.title, language) or play.id}  [{language}, {heading.level}]")
    if heading.teaches:
        say(f"Practises {', '.join(heading.teaches)}.")
    for fact in heading.facts_in(language):
        say(f"What is true: {fact}")
    say("")
    for line in _past(play, language):
        say(line)


def _past(play: Play, language: Language) -> Iterator[str]:
    """What was said before the visitor comes back; a transfer tells its own."""
    steps = play.first.steps
    if steps and isinstance(steps[0].action, Transferred):
        return
    name = in_language(play.heading.visitor, language) or "The visitor"
    for one in play.past:
        who = "you" if one.operator else name
        yield f"      {who}, {written(one.ago)} ago: {in_language(one.texts, language)}"


def _play(rehearsal: Rehearsal, thrown: Rehearsed, script: list[str] | None) -> None:
    lines = _typed() if script is None else _read(script)
    shown = _Shown(rehearsal, thrown)
    shown.acts(rehearsal.until_it_listens())
    for line in lines:
        if line in {"/quit", "/q"}:
            break
        _obey(shown, line)
        if rehearsal.busy is Is.DONE:
            break
    if script is not None and rehearsal.busy in LISTENS:
        say(f"{clock(rehearsal.now)}  (the script ends here, and the visitor is still listening)")
    say("")
    shown.tree()
    if script is None and sys.stdin.isatty() and rehearsal.busy is Is.DONE:
        _leave(lines)


def _leave(lines: Iterator[str]) -> None:
    """Wait until they want to go: what they type next is not for the shell."""
    say("\nThe play is over. Enter: leave.")
    for line in lines:
        if line in {"", "/quit", "/q"}:
            return
        say("The play is over, and nobody hears that. Enter: leave.")


def _typed() -> Iterator[str]:
    """What somebody types, or what comes through a pipe."""
    asked = sys.stdin.isatty()
    while True:
        try:
            line = input("> " if asked else "")
        except (EOFError, KeyboardInterrupt):
            return
        yield line.strip()


def _read(script: Iterable[str]) -> Iterator[str]:
    """The lines of a script: `#` begins a comment, an empty line means nothing."""
    for line in script:
        bare = line.strip()
        if bare and not bare.startswith("#"):
            yield "" if bare == "/wait" else bare


class _Shown:
    """What is printed of a rehearsal."""

    def __init__(self, rehearsal: Rehearsal, thrown: Rehearsed) -> None:
        self.rehearsal, self.thrown = rehearsal, thrown
        self._told = 0

    def acts(self, acted: Sequence[Acted]) -> None:
        """The visitor's acts, and which branches led to them."""
        self.thrown.saw(acted)
        for branch in self.rehearsal.taken[self._told :]:
            say(f"      [{condition(branch)} -> {branch.to}]")
        self._told = len(self.rehearsal.taken)
        for one in acted:
            for line in self.rehearsal.told(one):
                say(line)
        if self.rehearsal.busy is Is.DONE:
            say(f"{clock(self.rehearsal.now)}  (the play is over)")

    def operator(self, text: str) -> None:
        """The operator's words."""
        say(f"{clock(self.rehearsal.now)}  you: {text}")

    def tree(self) -> None:
        """All branches."""
        for line in outline(self.rehearsal.play, self.rehearsal.taken):
            say(line)
        for line in summary(self.rehearsal.play, self.rehearsal.taken):
            say(line)


def _obey(shown: _Shown, line: str) -> None:
    rehearsal, timed = shown.rehearsal, _TIMED.fullmatch(line)
    if timed:
        *when, line = timed.groups()
        _come_to(shown, _moment(when))
        if rehearsal.busy is Is.DONE:
            return
    command, _, rest = line.partition(" ")
    match command:
        case "":
            _wait(shown)
        case "/wait":
            _wait_for(shown, rest)
        case "/tree":
            shown.tree()
        case "/close":
            rehearsal.closes()
            shown.acts([])
        case "/invite":
            rehearsal.invites(rest)
            shown.acts(rehearsal.until_it_listens())
        case _ if command[:1] == "/" and command[1:] in WORDS:
            _throw(shown, [command[1:], *rest.split()])
        case _ if command.startswith("/"):
            say(HELP)
        case _:
            shown.operator(line)
            rehearsal.says(line)
            shown.acts([] if timed else rehearsal.until_it_listens())


def _come_to(shown: _Shown, moment: Millis) -> None:
    """Let time pass up to a moment of the play; one that is over is told."""
    if moment < shown.rehearsal.now:
        at, now = clock(moment), clock(shown.rehearsal.now)
        say(f"      ({at} is over: it is {now}, and this comes now)")
    shown.acts(shown.rehearsal.until(moment))


def _moment(parts: Sequence[str | None]) -> Millis:
    """The time of the play that `1:05` or `1:00:05` means."""
    seconds = 0
    for part in parts:
        seconds = seconds if part is None else seconds * 60 + int(part)
    return seconds * SECOND


def _throw(shown: _Shown, words: Sequence[str]) -> None:
    try:
        thrown = shown.thrown.read(words)
    except OrderError as error:
        say(f"({error})")
        return
    before = 0
    for one in thrown:
        say(f"{clock(shown.rehearsal.now + one.after - before)}  [{one.does}]")
        shown.acts(shown.rehearsal.made(one.does, one.after - before))
        before = one.after


def _wait(shown: _Shown) -> None:
    done = shown.rehearsal.until_it_acts() + shown.rehearsal.until_it_listens()
    if not done and shown.rehearsal.busy is not Is.DONE:
        say("      (nothing more happens until you do something)")
    shown.acts(done)


def _wait_for(shown: _Shown, rest: str) -> None:
    if (millis := span(rest)) is None:
        say(f'"{clean(rest)}" is not a time. {HOW}')
        return
    rehearsal = shown.rehearsal
    done = rehearsal.until(rehearsal.now + millis)
    shown.acts(done)
