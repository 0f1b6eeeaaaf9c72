"""Every sentence the operator reads, with English as the source.

The translations stand in `operator_tui/locale/<code>/LC_MESSAGES/operator_tui.po`; gettext reads
the compiled `.mo` beside each (`python -m tests.translations` makes them). A translation that is
missing or broken shows as English: a wrong language is read, a traceback is not.
"""

import re
from collections.abc import Mapping
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

LANGUAGES = ("en", "nl", "pl", "fi")
"""The languages of the interface, ISO 639-1."""

_PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)\}")
_ENGLISH = NullTranslations()


class _Chosen:
    """The language in use: chosen at the start of the program, as the locale of a C program is."""

    code = "en"
    translations: NullTranslations = _ENGLISH


def use_language(code: str) -> str:
    """Speak the language `code` from now on; English when there is no such translation.

    Returns the code of the language that is really in use.
    """
    _Chosen.translations = _translations(code)
    _Chosen.code = "en" if _Chosen.translations is _ENGLISH else code
    return _Chosen.code


def language() -> str:
    """The code of the language in use."""
    return _Chosen.code


def tr(text: str, /, **values: object) -> str:
    """`text` in the operator's language, its `{placeholders}` filled with `values`.

    Raises `KeyError` when the English text names a placeholder that has no value.
    """
    return _filled(_Chosen.translations.gettext(text), text, values)


def trn(one: str, many: str, n: int, /, **values: object) -> str:
    """The form of a counted sentence that fits `n`; `{n}` is filled too."""
    english = one if n == 1 else many
    return _filled(_Chosen.translations.ngettext(one, many, n), english, {"n": n, **values})


def trp(context: str, text: str, /, **values: object) -> str:
    """`tr` for a text that says different things in different places.

    "left" heads the chats of those who left the website in one place, and could be a side of the
    screen in another; `context` tells translators which, and is never shown.
    """
    return _filled(_Chosen.translations.pgettext(context, text), text, values)


def trnp(context: str, one: str, many: str, n: int, /, **values: object) -> str:
    """`trn` with the context of `trp`."""
    english = one if n == 1 else many
    chosen = _Chosen.translations.npgettext(context, one, many, n)
    return _filled(chosen, english, {"n": n, **values})


def _filled(text: str, english: str, values: Mapping[str, object]) -> str:
    """`text` with its values; `english` with them when `text` wants one that is not given."""
    try:
        return _fill(text, values)
    except KeyError:
        return _fill(english, values)


def _fill(text: str, values: Mapping[str, object]) -> str:
    """Only names in braces are filled: any other brace, in text or value, stays what it is."""
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), text)


def _translations(code: str) -> NullTranslations:
    if code not in LANGUAGES or code == "en":
        return _ENGLISH
    compiled = files("operator_tui").joinpath("locale", code, "LC_MESSAGES", "operator_tui.mo")
    try:
        with compiled.open("rb") as file:
            return GNUTranslations(file)
    except (OSError, ValueError, IndexError):  # missing, or not a catalogue
        return _ENGLISH


def mark(text: str) -> str:
    """`text` itself, marked for translation: tables are made before the language is known.

    Whoever shows it says `tr(action.label)`.
    """
    return text
