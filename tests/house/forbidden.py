"""Names that may not be used, or only in one place: time, bare tasks, texts made by hand."""

import ast
from collections.abc import Iterator

from tests.house.source import Source, calls, dotted, last_name

CLOCKS = {
    "time": {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"},
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
}
ASKS_THE_TIME = (
    *("operator_tui/clock.py", "operator_tui/store/"),
    *("server_stub/clock.py", "server_stub/__main__.py"),  # the program, which hands it to the host
)
TASKS = {"create_task", "ensure_future"}
SAFE = {"SafeText", "SafeLine", "SafeAddress"}
VAGUE = {"utils", "util", "base", "helpers", "helper", "common", "misc"}


def asks_the_time(source: Source) -> Iterator[str]:
    """Whoever needs the time is handed it; few places ask."""
    if source.path.startswith(ASKS_THE_TIME):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            for name in node.names:
                if name.name in CLOCKS["time"]:
                    yield source.at(node, f"from time import {name.name}")
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS.get(last_name(node.value), ()):
            yield source.at(node, dotted(node))


def bare_tasks(source: Source) -> Iterator[str]:
    """A task that no screen owns outlives it, and its errors are lost."""
    for call in calls(source.tree):
        if last_name(call.func) in TASKS and not dotted(call.func).startswith(("group.", "tasks.")):
            yield source.at(call, dotted(call.func))


def makes_text_safe_by_name(source: Source) -> Iterator[str]:
    """Only `clean()` makes a safe text; anybody else would only call it one."""
    if source.path == "operator_tui/desk/text.py":
        return
    for call in calls(source.tree):
        name = dotted(call.func)
        if name.rpartition(".")[2] in SAFE or name.rpartition(".")[0].rpartition(".")[2] in SAFE:
            yield source.at(call, f"{name}(...): use clean()")
        if last_name(call.func) == "cast" and call.args and named_in(call.args[0]) & SAFE:
            yield source.at(call, "cast to a safe text: use clean()")


def named_in(annotation: ast.expr) -> set[str]:
    """Every name in a type, also in one that is written as a string."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = ast.parse(annotation.value, mode="eval").body
    return {last_name(node) for node in ast.walk(annotation)}


def relative_imports(source: Source) -> Iterator[str]:
    """A name says where it comes from, wherever it is read."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield source.at(node, f"from {'.' * node.level}{node.module or ''} import ...")


def vague_module(source: Source) -> Iterator[str]:
    """A file is called by what is in it."""
    if source.path.rpartition("/")[2].removesuffix(".py").strip("_") in VAGUE:
        yield f"{source.path}: name it by what is in it"
