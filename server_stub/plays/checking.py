"""What a play that can be read may still have wrong: told at once, with what to do about it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from operator_tui.desk.model import Channel
from operator_tui.desk.policy import Policy
from server_stub.plays import intents
from server_stub.plays.chat_course import out_of_turn
from server_stub.plays.decoding import unseen
from server_stub.plays.drafts import Draft, draft
from server_stub.plays.headings import BY_LANGUAGE
from server_stub.plays.joining import texts_of
from server_stub.plays.listening import deaf_branches
from server_stub.plays.play import (
    Goto,
    Leave,
    Reactivate,
    Return,
    Share,
    Silent,
    Step,
    StopSharing,
    Transferred,
)
from server_stub.plays.problems import Problem, ProblemsError
from server_stub.plays.reading import leading_nowhere, loosely
from server_stub.plays.scenery import closed_in, unreachable
from server_stub.plays.spans import written
from server_stub.plays.who import ANY

BOOMERANG = (Policy().boomerang_from, Policy().boomerang_to)
"""Between these silences a messaging chat comes back as a boomerang (R27)."""

Found = Iterator[tuple[int, str, str]]
"""Line, what is wrong, what to do."""


def check(path: Path) -> list[Problem]:
    """Every mistake in a play, in the order of its lines; empty when there is none."""
    try:
        text, problems = loosely(path)
    except ProblemsError as error:
        return list(error.problems)
    try:
        known = intents.extended(path.parent / "intents")
    except ProblemsError as error:
        found = check_text(text, path.name, intents.built_in())
        kept = (one for one in found if "is no intent" not in one.what)  # it may stand there
        return sorted({*problems, *error.problems, *kept})
    return sorted({*problems, *check_text(text, path.name, known)})


def check_text(text: str, file: str, known: intents.Known) -> list[Problem]:
    """The same for a text."""
    reading = draft(text, file, intents.names(known))
    found = [*reading.problems, *leading_nowhere(reading), *unseen(text, file)]
    for line, what, suggestion in _deeper(reading):
        found.append(Problem(file, line, what, suggestion))
    return sorted(set(found))


def _deeper(reading: Draft) -> Found:
    yield from reading.repeated
    if reading.open:
        yield from unreachable(reading)
        yield from closed_in(reading)
        yield from _listening(reading)
        yield from _past(reading)
        yield from out_of_turn(reading)
        yield from _channel(reading)
    yield from _translations(reading)


def _listening(reading: Draft) -> Found:
    for scene in reading.open:
        listen = scene.scene().then
        if isinstance(listen, Goto):
            continue
        if not scene.lost and not any(isinstance(b.when, Silent) for b in listen.branches):
            what = f'The scene "{scene.name}" listens for ever when nobody says anything.'
            yield listen.line, what, "Add a branch for it: if silence 2m -> end."
        yield from deaf_branches(listen)


def _past(reading: Draft) -> Found:
    comes = (step.action for step in reading.open[0].steps)
    first = next(comes, None)
    passed_on = any(isinstance(action, Transferred) for action in (first, *comes))
    if reading.past and not isinstance(first, Reactivate) and not passed_on:
        what = "The past belongs to a chat that comes back, or comes from a colleague."
        hint = 'Write "boomerang" or "transferred from NAME note TEXT" under it.'
        yield reading.past[0].line, what, hint


def _channel(reading: Draft) -> Found:
    messaging = reading.fields.get("channel") is Channel.MESSAGING
    for step in (step for scene in reading.open for step in scene.steps):
        match step.action:
            case Reactivate(silence, boomerang):
                yield from _reactivation(step, silence, messaging, boomerang)
            case Leave() | Return() | Share() | StopSharing() if messaging:
                what = "Nobody sees the website of a visitor who writes by messaging."
                yield step.line, what, "Leave it out, or leave out the line channel messaging."
            case _:
                pass


def _reactivation(step: Step, silence: int, messaging: bool, boomerang: bool) -> Found:
    if not messaging:
        what = "A chat on the website does not come back; a chat by messaging does."
        yield step.line, what, "Add to the heading: channel messaging."
    low, high = BOOMERANG
    if boomerang and not low <= silence <= high:
        what = f"A boomerang comes back after 12h to 24h, this one after {written(silence)}."
        yield step.line, what, "Write a time between, or: reactivates after 30h."


def _parted(line: int, texts: Mapping[str, str], languages: Iterable[str]) -> Found:
    """A language that stands apart from its word is a part of the text."""
    for language in languages:
        if texts.get(ANY, "").startswith(f"[{language}]"):
            yield line, f"[{language}] would be read out.", f"Leave no blank: says[{language}] ..."


def _translations(reading: Draft) -> Found:
    told = [(step.line, texts_of(step)) for scene in reading.open for step in scene.steps]
    told += [(one.line, one.texts) for one in reading.past]
    declared = reading.fields.get("languages")
    wanted = declared or tuple(dict.fromkeys(one for _, texts in told for one in texts if one))
    for line, texts in told:
        yield from _parted(line, texts, wanted)
        if texts and ANY not in texts and (missing := [one for one in wanted if one not in texts]):
            names = ", ".join(missing)
            hint = f"Put [{missing[0]}] right under it, or write it without a language."
            yield line, f"It is not said in every language: {names} is missing.", hint
    for key in BY_LANGUAGE:
        lines = reading.told.get(key, {})
        if lines and ANY not in lines and (missing := [one for one in wanted if one not in lines]):
            what = f'The heading\'s "{key}" is not there in every language:'
            hint = f"Add {key}[{missing[0]}]."
            yield min(lines.values()), f"{what} {', '.join(missing)} is missing.", hint
