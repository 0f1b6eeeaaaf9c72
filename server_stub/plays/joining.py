"""Lines that are one action in several languages."""

from collections.abc import Mapping

from operator_tui.desk.entries import Language
from operator_tui.desk.text import SafeText
from server_stub.plays.play import (
    Action,
    Say,
    Share,
    Step,
    Transferred,
)
from server_stub.plays.who import ANY


def texts_of(step: Step) -> Mapping[Language, SafeText]:
    """What is said, shown or noted in this step, by language."""
    return step.action.texts if isinstance(step.action, Say | Share | Transferred) else {}


def joined(above: Step, step: Step) -> Step | None:
    """Both as one step, when `step` is the same in another language; None: it is the next one."""
    if step.after not in {0, above.after}:
        return None
    action = _both(above.action, step.action)
    return None if action is None else Step(above.line, above.after, action)


def _both(one: Action, other: Action) -> Action | None:
    match one, other:
        case Say(a, wander), Say(b, wanders) if wander == wanders and _add_up(a, b):
            return Say(a | b, wander)
        case Share(a), Share(b) if _add_up(a, b):
            return Share(a | b)
        case Transferred(by, a), Transferred(name, b) if by == name and _add_up(a, b):
            return Transferred(by, a | b)
        case _:
            return None


def _add_up(one: Mapping[Language, SafeText], other: Mapping[Language, SafeText]) -> bool:
    return bool(one and other) and not (one.keys() & other.keys()) and ANY not in {*one, *other}
