"""What the wire's types are made of."""

from collections.abc import Iterator

from msgspec import inspect


def leaves(
    kind: inspect.Type, seen: set[type], path: str = ""
) -> Iterator[tuple[str, inspect.Type]]:
    """Every kind within `kind` that holds no others, and where it stands; each struct once."""
    inner: list[tuple[str, inspect.Type]] = []
    match kind:
        case inspect.StructType(cls=cls, fields=fields):
            if cls not in seen:
                seen.add(cls)
                inner = [(f"{cls.__name__}.{field.name}", field.type) for field in fields]
        case inspect.UnionType(types=types):
            inner = [(path, one) for one in types]
        case inspect.VarTupleType(item_type=item):
            inner = [(path, item)]
        case inspect.DictType(value_type=value):  # keys are compared with the ids of the values
            inner = [(path, value)]
        case _:
            yield path, kind
    for where, one in inner:
        yield from leaves(one, seen, where)
