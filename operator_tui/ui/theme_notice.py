"""What is said about a theme that cannot be used: what, where, why, and what was done."""

from operator_tui.ui.toml_notice import toml_fault
from operator_tui.ui.words import tr


def theme_notice(file: str, line: int, trouble: str, key: str = "", guess: str = "") -> str:
    """The notice for a theme's trouble, in the values of the store's `ThemeError`."""
    told = theme_mistake(file, line, trouble, key, guess)
    used = tr('The built-in theme "night" is used.')
    return f"{told}. {used}"


def theme_mistake(file: str, line: int, trouble: str, key: str = "", guess: str = "") -> str:
    """Where it stands and what it is, without a full stop."""
    where = tr("{file}, line {line}", file=file, line=line) if line else file
    return f"{where}: {_why(trouble, key, guess)}"


def _why(trouble: str, key: str, guess: str) -> str:
    match trouble:
        case "absent":
            why = tr('there is no theme "{key}"', key=key)
        case "missing":
            why = tr('no "{key}"', key=key)
        case "unknown":
            why = tr('unknown name "{key}"', key=key)
        case "not_a_colour":
            why = tr('"{key}" is not a colour like "#1c1f23"', key=key)
        case "wrong_kind":
            why = tr('"{key}" is of the wrong kind', key=key)
        case "not_toml":
            why = toml_fault(key)
        case _:
            why = tr("cannot be read")
    if guess:
        return tr('{why} (did you mean "{guess}"?)', why=why, guess=guess)
    return why
