"""Every sentence the operator reads, with English as the source."""


def tr(text: str, **values: object) -> str:
    """`text` in the operator's language, its `{placeholders}` filled with `values`."""
    return text.format(**values) if values else text


def trn(one: str, many: str, n: int, **values: object) -> str:
    """The form of a counted sentence that fits `n`; `{n}` is filled too."""
    return (one if n == 1 else many).format(n=n, **values)
