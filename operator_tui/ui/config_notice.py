"""What is said about a mistake in `config.toml`: what, where, why, and what counts all the same."""

from collections.abc import Sequence

from operator_tui.store.ports import LONGEST_KEPT
from operator_tui.ui.toml_notice import toml_fault
from operator_tui.ui.words import tr


def config_notice(fault: str, told: str, *, purges: bool) -> str:
    """The notice on the desk for the mistake `told`, with what was done; `purges`: it is certain
    how long conversations are kept."""
    if fault in {"not_toml", "unreadable"}:
        done = tr("The defaults are used.")
    else:
        done = tr("All settings without a mistake are used.")
    kept = tr("Nothing is purged meanwhile.")
    return f"{told}. {done}" if purges else f"{told}. {done} {kept}"


def config_mistake(
    file: str,
    line: int,
    fault: str,
    key: str = "",
    *,
    value: str = "",
    guess: str = "",
    known: Sequence[str] = (),
) -> str:
    """Where it stands and what it is, in the values of the store's `ConfigMistake`, without a
    full stop."""
    where = tr("{file}, line {line}", file=file, line=line) if line else file
    why = _why(fault, key, value)
    if guess:
        why = tr('{why} (did you mean "{guess}"?)', why=why, guess=guess)
    elif known:
        why = tr("{why} (there are {known})", why=why, known=", ".join(known))
    return f"{where}: {why}"


def _why(fault: str, key: str, value: str) -> str:
    match fault:
        case "no_setting":
            return tr('there is no setting "{key}"', key=key)
        case "no_value":
            return tr('"{key}" cannot be "{value}"', key=key, value=value)
        case "no_text":
            return tr('"{key}" must be a text in quotation marks', key=key)
        case "no_days":
            return tr(
                '"{key}" must be a number of days from 1 to {most}', key=key, most=LONGEST_KEPT
            )
        case "not_toml":
            return toml_fault(key)
        case _:
            return tr("cannot be read")
