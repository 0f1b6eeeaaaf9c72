"""What is said about a mistake in the operator's own file of canned replies."""

from operator_tui.ui.words import tr, trn


def canned_notice(
    file: str, line: int, mistake: str, detail: str = "", guess: str = "", *, loaded: int
) -> str:
    """The notice for a mistake, in the values of the store's `Mistake`; `loaded` replies stand."""
    where = tr("{file}, line {line}", file=file, line=line) if line else file
    why = _why(mistake, detail)
    if guess:
        why = tr('{why} (did you mean "{guess}"?)', why=why, guess=guess)
    rest = trn("The other reply is loaded.", "The other {n} replies are loaded.", loaded)
    return tr("{where}: {why}. {rest}", where=where, why=why, rest=rest)


def _why(mistake: str, detail: str) -> str:
    match mistake:
        case "missing":
            return tr('no "{key}"', key=detail)
        case "wrong":
            return tr('"{key}" is not what it must be', key=detail)
        case "unknown":
            return tr('unknown name "{key}"', key=detail)
        case "twice":
            return tr('there is a reply "{key}" above already', key=detail)
        case "too_long":
            return tr('"{key}" is cut after 4,000 characters', key=detail)
        case "has_blank":
            return tr('"{key}" goes out by one key and cannot have blanks', key=detail)
        case "not_toml":
            return tr("not readable ({said})", said=detail)
        case _:
            return tr("cannot be read")
