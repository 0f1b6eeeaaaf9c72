"""What the types of a session file cannot see: names that mean nothing, times out of order."""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from server_stub.plays.actions import LineError, read_action
from server_stub.plays.play import OPENS, IgnoreInvitation, Play, Say, Wait
from server_stub.plays.problems import did_you_mean, one_of
from server_stub.plays.reading import FOLDER
from server_stub.sessions.session import Arrivals, EventSpec, Past, SessionFile, VisitorSpec
from server_stub.sessions.session_mending import Mended
from server_stub.sessions.session_wording import STAND_IN
from server_stub.visitors.doing import plain

PEOPLE = ("operator", "colleague")
VISITORS = ("visitor", "arrivals")
"""Tables whose ids others name."""
Complaint = tuple[str, str, str]
"""Key, what is wrong, what to do."""


def complaints(
    file: SessionFile, plays: Mapping[str, Play], beside: Collection[str], mending: Mended
) -> Iterator[Complaint]:
    """Everything that is wrong in `file`, whose plays that could be read are `plays`.

    `beside`: the names of all that stand beside it. `mending`: what was wrong with its form;
    nobody who may only have no proper id is said not to be there.
    """
    yield from _unknown_plays(file, {*beside, *plays})
    operators = [one.id for one in file.operators]
    colleagues = [one.id for one in file.colleagues]
    people = [*operators, *colleagues]
    visitors = [visitor.id for visitor in file.visitors]
    yield from _twice(operator=operators, colleague=colleagues)
    yield from _twice(visitor=visitors)
    if not file.operators:
        yield "operator", "nobody practises.", "Add [[operator]] with id and name."
    known_people = _Names(people, mending.misnamed, mending.nameless.isdisjoint(PEOPLE))
    known_visitors = _Names(visitors, mending.misnamed, mending.nameless.isdisjoint(VISITORS))
    for number, visitor in enumerate(file.visitors):
        yield from _visitor(f"visitor[{number}]", visitor, plays, known_people)
    for number, process in enumerate(file.arrivals):
        yield from _arrivals(f"arrivals[{number}]", process, known_people)
    yield from _twice(arrivals=[one.id for one in file.arrivals])
    for number, event in enumerate(file.events):
        yield from _event(f"event[{number}]", event, file, known_visitors)
    for number, rule in enumerate(file.suggests):
        if rule.page == "*" and not rule.on_site and not rule.on_page:
            hint = 'Write page = "*/checkout*" or on_site = "90s".'
            yield f"suggest[{number}]", "it suggests everybody.", hint
    for number, colleague in enumerate(file.colleagues):
        for index, passing in enumerate(colleague.passes):
            key = f"colleague[{number}].passes[{index}]"
            yield from known_visitors.without(f"{key}.visitor", passing.visitor)
            yield from known_people.without(f"{key}.to", passing.to)


def _twice(**tables: list[str]) -> Iterator[Complaint]:
    """Ids that are there already, in one of these tables or the ones before it."""
    seen: set[str] = set()
    for table, ids in tables.items():
        for number, one in enumerate(ids):
            if one in seen:
                where, what = f"{table}[{number}].id", f'the id "{one}" is there already.'
                yield where, what, "Give one of them another id."
            seen.add(one)


def _known(key: str, name: str, known: list[str]) -> Iterator[Complaint]:
    if name not in known:
        yield key, f'there is no "{name[:40]}".', one_of(name, known) if known else ""


class _Names(Struct, frozen=True):
    """Those who can be named; `all_told`: nobody else is there who only has no id."""

    known: list[str]
    misnamed: Collection[str]
    """Ids that are none, told elsewhere: who is meant by nearly the same is there."""
    all_told: bool

    def without(self, key: str, name: str) -> Iterator[Complaint]:
        """That `name` is not among them."""
        if self.all_told and not did_you_mean(name, self.misnamed):
            known = [one for one in self.known if not one.startswith(STAND_IN)]
            yield from _known(key, name, known)


def _visitor(
    key: str, visitor: VisitorSpec, plays: Mapping[str, Play], people: _Names
) -> Iterator[Complaint]:
    play = plays.get(visitor.play)
    if visitor.operator is not None:
        yield from people.without(f"{key}.operator", visitor.operator)
    if play is not None and visitor.scene is not None:
        yield from _known(f"{key}.scene", visitor.scene, list(play.scenes))
    if play is not None and visitor.language not in {None, *play.languages}:
        spoken = ", ".join(play.languages)
        yield (
            f"{key}.language",
            f'the play does not speak "{visitor.language}".',
            f"It has {spoken}.",
        )
    yield from _history(f"{key}.history", visitor)


def _unknown_plays(file: SessionFile, beside: Collection[str]) -> Iterator[Complaint]:
    there = {*beside, *(path.stem for path in FOLDER.glob("*.play"))}
    named = [(f"visitor[{number}].play", one.play) for number, one in enumerate(file.visitors)]
    for number, process in enumerate(file.arrivals):
        named += [(f"arrivals[{number}].plays[{at}]", one) for at, one in enumerate(process.plays)]
    for key, name in named:
        if name not in there:
            yield key, f'there is no "{name[:40]}".', one_of(name, there)


def _arrivals(key: str, process: Arrivals, people: _Names) -> Iterator[Complaint]:
    if process.operator is not None:
        yield from people.without(f"{key}.operator", process.operator)
    if not (process.rates or process.bursts or process.trace or process.trace_file):
        yield key, "nobody ever comes.", "Add rates, bursts, a trace or a trace_file."
    if process.until <= process.at:
        yield f"{key}.until", "it ends before it begins.", "Give it a later time."


def _event(key: str, event: EventSpec, file: SessionFile, visitors: _Names) -> Iterator[Complaint]:
    if not any(event.visitor.startswith(f"{one.id}-") for one in file.arrivals):
        yield from visitors.without(f"{key}.visitor", event.visitor)
    if bool(event.says) == bool(event.does):
        yield key, "it has either words (says) or an act (does).", 'Write does = "leaves site".'
    if event.does:
        try:
            action = read_action(event.does)
        except LineError as error:
            yield f"{key}.does", error.what, error.suggestion
        else:
            if isinstance(action, (*OPENS, Wait, IgnoreInvitation)):
                yield f"{key}.does", f'"{event.does}" cannot be done to a visitor.', "Leave it out."


def _history(key: str, visitor: VisitorSpec) -> Iterator[Complaint]:
    before = -visitor.at
    for number, past in enumerate(visitor.history):
        here = f"{key}[{number}]"
        if past.ago > before:
            yield (
                f"{here}.ago",
                "this was before what stands above it.",
                "Put them in order of time.",
            )
        before = past.ago
        if past.by != "visitor" and visitor.operator is None:
            yield f"{here}.by", "nobody has this chat.", "Give the visitor an operator."
        yield from _past(here, past)


def _past(key: str, past: Past) -> Iterator[Complaint]:
    if bool(past.text) == bool(past.does):
        yield (
            key,
            "it has either a text or an act (does).",
            'Write text.en = "..." or does = "...".',
        )
    if past.does is None:
        return
    if past.by != "visitor":
        yield f"{key}.does", "only visitors act.", 'Write by = "visitor".'
    try:
        action = read_action(past.does)
    except LineError as error:
        yield f"{key}.does", error.what, error.suggestion
    else:
        if isinstance(action, Say):
            yield f"{key}.does", "a message is a text here.", 'Write text.en = "...".'
        elif plain(action) is None:
            yield f"{key}.does", f'"{past.does}" leaves no trace in the past.', "Leave it out."
