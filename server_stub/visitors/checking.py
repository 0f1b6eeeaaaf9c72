"""What a play that can be read may still have wrong: told at once, with what to do about it."""

from collections.abc import Iterator
from pathlib import Path

from operator_tui.desk.model import Channel
from operator_tui.desk.policy import Policy
from server_stub.visitors import intents
from server_stub.visitors.drafts import Draft, draft
from server_stub.visitors.headings import BY_LANGUAGE
from server_stub.visitors.joining import texts_of
from server_stub.visitors.listening import deaf_branches
from server_stub.visitors.play import (
    OPENS,
    Close,
    Goto,
    Leave,
    Reactivate,
    Return,
    Say,
    Share,
    Silent,
    Step,
    StopSharing,
    Transferred,
    Type,
)
from server_stub.visitors.problems import Problem, ProblemsError
from server_stub.visitors.reading import leading_nowhere, text_of
from server_stub.visitors.scenery import closed_in, unreachable
from server_stub.visitors.spans import written
from server_stub.visitors.who import ANY

BOOMERANG = (Policy().boomerang_from, Policy().boomerang_to)
"""Between these silences a messaging chat comes back as a boomerang (R27)."""
ON_THE_WEB = (Leave, Return, Share, StopSharing)
IN_A_CHAT = (Say, Type, Leave, Share, StopSharing, Close)

Found = Iterator[tuple[int, str, str]]
"""Line, what is wrong, what to do."""


def check(path: Path) -> list[Problem]:
    """Every mistake in a play, in the order of its lines; empty when there is none."""
    try:
        known = intents.extended(path.parent / "intents")
        return check_text(text_of(path), path.name, known)
    except ProblemsError as error:
        return list(error.problems)


def check_text(text: str, file: str, known: intents.Known) -> list[Problem]:
    """The same for a text."""
    reading = draft(text, file, intents.names(known))
    found = [*reading.problems, *leading_nowhere(reading)]
    for line, what, suggestion in _deeper(reading):
        found.append(Problem(file, line, what, suggestion))
    return sorted(set(found))


def _deeper(reading: Draft) -> Found:
    yield from reading.repeated
    if reading.open:
        yield from unreachable(reading)
        yield from closed_in(reading)
        yield from _listening(reading)
        yield from _opening(reading)
        yield from _after_the_end(reading)
        yield from _channel(reading)
    yield from _translations(reading)


def _listening(reading: Draft) -> Found:
    for scene in reading.open:
        listen = scene.scene().then
        if isinstance(listen, Goto):
            continue
        if not scene.broken and not any(isinstance(b.when, Silent) for b in listen.branches):
            what = f'The scene "{scene.name}" listens for ever when nobody says anything.'
            yield listen.line, what, "Add a branch for it: if silence 2m -> end."
        yield from deaf_branches(listen)


def _opening(reading: Draft) -> Found:
    steps = reading.open[0].steps
    first = next((at for at, step in enumerate(steps) if isinstance(step.action, OPENS)), None)
    back = bool(reading.past and steps and isinstance(steps[0].action, Reactivate))
    if reading.past and not back and not any(isinstance(s.action, Transferred) for s in steps):
        line = reading.past[0].line
        hint = 'Write "boomerang" or "transferred from NAME note TEXT" under it.'
        yield line, "The past belongs to a chat that comes back, or comes from a colleague.", hint
    if first is None and not back:
        everywhere = (step for scene in reading.open for step in scene.steps)
        if not any(isinstance(step.action, OPENS) for step in everywhere):
            if not any(scene.broken for scene in reading.open):
                yield reading.open[0].line, "Nobody opens a chat.", 'Begin with "opens chat".'
            return
    for step in () if back else steps[:first]:
        if isinstance(step.action, IN_A_CHAT):
            yield step.line, "There is no chat yet.", 'Put "opens chat" above it.'
            return


def _after_the_end(reading: Draft) -> Found:
    for scene in reading.open:
        closed = False
        for step in scene.steps:
            if closed and isinstance(step.action, IN_A_CHAT):
                yield step.line, "The chat is closed by then.", 'Put it above "closes chat".'
            closed = isinstance(step.action, Close) or (
                closed and not isinstance(step.action, (*OPENS, Reactivate))
            )


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


def _translations(reading: Draft) -> Found:
    told = [(step.line, texts_of(step)) for scene in reading.open for step in scene.steps]
    told += [(one.line, one.texts) for one in reading.past]
    declared = reading.fields.get("languages")
    wanted = declared or tuple(dict.fromkeys(one for _, texts in told for one in texts if one))
    for line, texts in told:
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
