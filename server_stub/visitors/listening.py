"""Branches that can never be taken because another one stands in their way."""

from collections.abc import Iterator

from server_stub.visitors.play import Branch, Hears, Listen, Otherwise, Silent
from server_stub.visitors.spans import written


def deaf_branches(listen: Listen) -> Iterator[tuple[int, str, str]]:
    """Line, what is wrong and what to do, for each branch that another one shadows."""
    yield from _second(listen)
    silences = [(b.when.span, b) for b in listen.branches if isinstance(b.when, Silent)]
    shortest = min((span for span, _ in silences), default=0)
    for place, (span, branch) in enumerate(silences):
        if span > shortest or span in [earlier for earlier, _ in silences[:place]]:
            what = f"A silence of {written(shortest)} comes first, so this one is never reached."
            yield branch.line, what, "Put it into the scene that the shorter one leads to."


def _second(listen: Listen) -> Iterator[tuple[int, str, str]]:
    heard: list[Branch] = []
    otherwise = False
    for branch in listen.branches:
        match branch.when:
            case Otherwise() if otherwise:
                yield branch.line, 'There is an "else" above already.', "Leave this one out."
            case Otherwise():
                otherwise = True
            case Hears() as when:
                if any(_covers(earlier.when, when) for earlier in heard):
                    what = "A branch above listens for the same and is always tried first."
                    yield branch.line, what, "Leave one of them out."
                heard.append(branch)
            case Silent():
                pass


def _covers(earlier: object, when: Hears) -> bool:
    return (
        isinstance(earlier, Hears)
        and set(when.intents) <= set(earlier.intents)
        and set(when.words.phrases) <= set(earlier.words.phrases)
    )
