"""Branches that can never be taken because another one stands in their way."""

from collections import defaultdict
from collections.abc import Iterator

from server_stub.plays.play import Branch, Hears, Listen, Otherwise, Silent
from server_stub.plays.spans import written

Found = Iterator[tuple[int, str, str]]
"""Line, what is wrong, what to do."""


def deaf_branches(listen: Listen) -> Found:
    """For each branch that another one shadows."""
    yield from _silences([branch for branch in listen.branches if isinstance(branch.when, Silent)])
    yield from _others([one for one in listen.branches if isinstance(one.when, Otherwise)])
    yield from _below_else(listen)
    yield from _heard_above(listen)


def _silences(branches: list[Branch]) -> Found:
    spans = [branch.when.span for branch in branches if isinstance(branch.when, Silent)]
    shortest = min(spans, default=0)
    above = False
    for span, branch in zip(spans, branches, strict=True):
        if span > shortest or above:
            what = f"A silence of {written(shortest)} comes first, so this one is never reached."
            yield branch.line, what, "Put it into the scene that the shorter one leads to."
        above = above or span == shortest


def _others(branches: list[Branch]) -> Found:
    for branch in branches[1:]:
        yield branch.line, 'There is an "else" above already.', "Leave this one out."


def _below_else(listen: Listen) -> Found:
    """An `if` is tried before `else` wherever it stands; who reads the file sees it otherwise."""
    whens = [type(branch.when) for branch in listen.branches]
    if Otherwise in whens and Hears in whens[whens.index(Otherwise) :]:
        line = listen.branches[whens.index(Otherwise)].line
        yield line, '"else" stands above an "if", which is tried first.', "Put it last."


def _heard_above(listen: Listen) -> Found:
    above = defaultdict[str, list[Hears]](list)
    for branch in listen.branches:
        if isinstance(when := branch.when, Hears):
            items = [*when.intents, *(f'"{phrase}' for phrase in when.words.phrases)]
            if any(_covers(earlier, when) for earlier in above[items[0]]):
                what = "A branch above listens for the same and is always tried first."
                yield branch.line, what, "Leave one of them out."
            for item in dict.fromkeys(items):
                above[item].append(when)


def _covers(earlier: Hears, when: Hears) -> bool:
    return set(when.intents) <= set(earlier.intents) and set(when.words.phrases) <= set(
        earlier.words.phrases
    )
