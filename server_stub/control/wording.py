"""The words of an order that stand in no fixed place: `from NAME to OPERATOR note TEXT`."""

from collections.abc import Sequence

from server_stub.control.errors import OrderError


def parted(words: Sequence[str], *keys: str) -> dict[str, str]:
    """What follows each key up to the next; what stands before the first, under the empty key.

    The last key takes all that follows it.
    """
    parts: dict[str, list[str]] = {"": []}
    here = ""
    for word in words:
        if here != keys[-1] and word in keys and word not in parts:
            here, parts[word] = word, []
        else:
            parts[here].append(word)
    return {key: " ".join(said) for key, said in parts.items()}


def number(text: str, most: int, of: str) -> int:
    """A number from 1 to `most`. OrderError."""
    if text.isdecimal() and 1 <= int(text[:9]) <= most:
        return int(text)
    raise OrderError(f'"{text[:40]}" is not a number of {of}.', f"Write one from 1 to {most}.")
