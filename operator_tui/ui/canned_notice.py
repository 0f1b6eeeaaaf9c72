"""What is said about a mistake in the operator's own file of canned replies."""

from operator_tui.ui.toml_notice import toml_fault
from operator_tui.ui.words import tr, trn

COSTS_NOTHING = frozenset({"unknown", "too_long", "has_blank", "lone_brace"})
"""Mistakes whose reply is loaded all the same."""


def canned_notice(
    file: str, line: int, mistake: str, detail: str = "", guess: str = "", *, loaded: int
) -> str:
    """The notice for a mistake, in the values of the store's `Mistake`; `loaded` replies stand."""
    told = canned_mistake(file, line, mistake, detail, guess)
    return f"{told}. {_rest(mistake, loaded)}"


def canned_mistake(file: str, line: int, mistake: str, detail: str = "", guess: str = "") -> str:
    """Where it stands and what it is, without a full stop."""
    where = tr("{file}, line {line}", file=file, line=line) if line else file
    why = _why(mistake, detail)
    if guess:
        why = tr('{why} (did you mean "{guess}"?)', why=why, guess=guess)
    return f"{where}: {why}"


def more_mistakes(n: int) -> str:
    """Where the others are told; only one has room on the desk."""
    return trn(
        "{n} mistake more: operator-tui doctor tells it.",
        "{n} mistakes more: operator-tui doctor tells them.",
        n,
    )


def _rest(mistake: str, loaded: int) -> str:
    if not loaded:
        return tr("None of its replies are loaded.")
    if mistake in COSTS_NOTHING:
        return trn("Its reply is loaded.", "Its {n} replies are loaded.", loaded)
    return trn("The other reply is loaded.", "The other {n} replies are loaded.", loaded)


def _why(mistake: str, detail: str) -> str:
    match mistake:
        case "missing":
            return tr('no "{key}"', key=detail)
        case "wrong":
            return _wanted(detail)
        case "shape":
            return tr(
                '"{key}" is no reply: each begins with [[reply]], then id = "…" and text = "…"',
                key=detail,
            )
        case "unknown":
            return tr('unknown name "{key}"', key=detail)
        case "twice":
            return tr('there is a reply "{key}" above already', key=detail)
        case "too_long":
            return tr('"{key}" is cut after 4,000 characters', key=detail)
        case "has_blank":
            return tr('"{key}" goes out by one key and cannot have blanks', key=detail)
        case "lone_brace":
            return tr('"{key}" has a brace that makes no blank', key=detail)
        case "not_toml":
            return toml_fault(detail)
        case _:
            return tr("cannot be read")


def _wanted(key: str) -> str:
    """What a value must be."""
    match key:
        case "id":
            return tr('"id" must be letters, digits and _ - . : only, at most 64')
        case "tags":
            return tr('"tags" must be texts between [ and ]')
        case "closing_step":
            return tr('"closing_step" must be a number from 1 to 5')
        case "language":
            return tr('"language" must be two letters such as "nl"')
        case _:
            return tr('"{key}" must be a text in quotation marks', key=key)
