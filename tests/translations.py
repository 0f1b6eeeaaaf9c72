"""The translations of the interface: found in the source, kept in `.po`, compiled to `.mo`.

`python -m tests.translations` brings both up to date: every text of the source gets an entry in
each language (empty until somebody translates it: the operator then reads English), texts that
are gone leave, and the `.mo` that the program reads are compiled.
"""

from datetime import UTC, datetime
from io import BytesIO
from itertools import takewhile
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from operator_tui.ui.words import LANGUAGES

PACKAGE = Path(__file__).parents[1] / "operator_tui"
KEYWORDS = {
    "tr": (1,),
    "mark": (1,),
    "trn": (1, 2),
    "trp": ((1, "c"), 2),
    "trnp": ((1, "c"), 2, 3),
}
COMMENT = "# {language}: the interface of operator-tui. English is the source."
HEADER = """{comment}
msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""The date in every file: a date that changes by itself would change the files by itself."""
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")


def found() -> Catalog:
    """Every text of the source, in the order of the files."""
    catalog = Catalog(project="operator-tui")
    texts = extract_from_dir(PACKAGE, keywords=KEYWORDS, callback=None)
    for file, number, text, _, context in sorted(texts, key=lambda one: (one[0], one[1])):
        catalog.add(text, locations=[(file, number)], context=context)
    return catalog


def po_file(code: str) -> Path:
    return PACKAGE / "locale" / code / "LC_MESSAGES" / "operator_tui.po"


def mo_file(code: str) -> Path:
    return po_file(code).with_suffix(".mo")


def read(code: str) -> Catalog:
    with po_file(code).open("rb") as file:
        catalog = read_po(file, locale=code, abort_invalid=True)
    catalog.creation_date = catalog.revision_date = ALWAYS
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """The `.mo`: only what has been translated."""
    binary = BytesIO()
    write_mo(binary, catalog)
    return binary.getvalue()


def renewed(code: str) -> Catalog:
    """What stands in the `.po`, with the texts of the source and no others."""
    catalog = read(code) if po_file(code).exists() else Catalog(locale=code)
    catalog.update(found(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def comment(code: str) -> str:
    """The comment at the head of the `.po`: the translators' glossary is kept as it stands."""
    if not po_file(code).exists():
        return COMMENT.format(language=Locale(code).english_name)
    lines = po_file(code).read_text(encoding="utf-8").splitlines()
    return "\n".join(takewhile(lambda line: line.startswith("#"), lines))


def written(catalog: Catalog, code: str) -> bytes:
    """The `.po`, without dates and places that change whenever anything does."""
    header = HEADER.format(comment=comment(code), code=code, plurals=catalog.plural_forms)
    body = BytesIO()
    write_po(body, catalog, no_location=True, omit_header=True, width=96)
    return header.encode() + body.getvalue()


def translated(message: Message) -> bool:
    """Whether every form has been translated."""
    forms = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(forms)


def main() -> None:
    for code in TRANSLATED:
        catalog = renewed(code)
        po_file(code).parent.mkdir(parents=True, exist_ok=True)
        po_file(code).write_bytes(written(catalog, code))
        mo_file(code).write_bytes(compiled(read(code)))
        left = sum(not translated(message) for message in catalog if message.id)
        print(f"{code}: {len(catalog)} texts, {left} not translated")


if __name__ == "__main__":
    main()
