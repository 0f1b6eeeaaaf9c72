"""Text as one types it in a hurry, for finding: no case, no diacritics."""

import unicodedata

LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not take apart."""


def folded(text: str) -> str:
    """`text` without case and diacritics: `Żółć` is found by `zolc`."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
