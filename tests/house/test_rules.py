from collections.abc import Callable, Iterator

import pytest

from tests.house import forbidden, markup, mentions, sentences, sizes
from tests.house.source import Source, snippet

Rule = Callable[[Source], Iterator[str]]


def found(rule: Rule, text: str, path: str = "operator_tui/ui/snippet.py") -> list[str]:
    return list(rule(snippet(text, path)))


SHOWS_UNTRANSLATED = [
    'notice("The chat is closed")',
    'line = "no chat open"',
    'f"{n} new below"',
    'f"{name} is typing"',
    'f"Close {name}"',
    'WORDS = {"closed": "closed by the visitor"}',
    'Content("Closed")',
    'Content(f"held {n}")',
    'Static("Notes", markup=False)',
    'self.border_title = "Reply"',
    'self.notify("Saved", markup=False)',
    'x = "Really?"',
    'tr(f"Close {name}")',
    'tr("Close " + name)',
    "tr(sentence())",
    'trn("one", f"{n} more", n)',
    "mark(text)",
    'return_ = value if ok else "not your chat"',
]
SHOWS_TRANSLATED = [
    'tr("The chat is closed")',
    'tr("Close the chat with {name}", name=name)',
    'trn("{n} new below", "{n} new below", n)',
    'trp("visitor", "gone away")',
    'Action("close", label=mark("close the chat"))',
    "tr(action.label)",
    '"""A docstring of several words."""',
    'class A:\n    x = 1\n    """What x is for."""',
    'DEFAULT_CSS = "Composer { height: auto; }"',
    'COMPOSER_CSS = "Composer ListView { height: auto; }"',
    "from operator_tui.ui.render.signs import mark\nmark(face)",
    "def mark(face): ...\nmark(face)",
    'raise ValueError("no such chat here")',
    'log.info("link is live")',
    'self.query_one("#list ChatList")',
    'style.parse("bold red")',
    'Static(classes="row muted", markup=False)',
    'f"{a} {b}"',
    'f"{a}: {b}"',
    '"ink.muted"',
    '" · "',
    'Content(" ")',
    'def f(x: "Desk | None") -> "Chat or None": ...',
    'Binding("ctrl+j", "new_line", show=False)',
]


@pytest.mark.parametrize("text", SHOWS_UNTRANSLATED)
def test_a_sentence_outside_tr_is_found(text: str) -> None:
    assert found(sentences.untranslated, text)


@pytest.mark.parametrize("text", SHOWS_TRANSLATED)
def test_what_no_operator_reads_or_is_translated_is_let_through(text: str) -> None:
    assert not found(sentences.untranslated, text)


PARSES = [
    "Static(visitor.name)",
    "Static()",
    "Label(text, markup=True)",
    "class Card(Static): pass\nCard(name)",
    "class Card(Static): pass\nclass Small(Card): pass\nSmall(name)",
    "class Card(Static):\n    def __init__(self): super().__init__('')\nCard()",
    "self.notify(message)",
    "self.border_title = name",
    'self.border_title = f"to {name}"',
    "self.border_subtitle = tr('x')",
    "BORDER_TITLE = 'x'",
    "self.tooltip = page",
    "self.placeholder = tr('Reply to {name}', name=name)",
    "TextArea(placeholder=name)",
    "Button(tr('Close'))",
    "Text.from_markup(name)",
    "Text.from_ansi(name)",
    "Content.from_markup(f'[b]{name}')",
    "Content.from_text(name)",
    "matcher.highlight(name)",
    "self.render_str(name)",
    "from textual.widgets import Markdown",
    "from textual.widgets import RichLog, Static",
    "from rich.markup import render",
    "def render(self) -> str: return self.name",
    "OptionList(*names)",
    "Button(name)",
    "DiscoveryHit(name, run)",
    "Hit(score, matched, run)",
    "Hit(score, Content(name), run, help=why)",
]
PARSES_NOT = [
    "Static(markup=False)",
    "Static(visitor.name, markup=False)",
    "class Card(Static):\n    def __init__(self): super().__init__('', markup=False)\nCard()",
    "self.notify(message, markup=False)",
    "self.border_title = Content(name)",
    "self.border_title = Content.styled(name, 'bold')",
    "self.border_title = None",
    "self.border_title = Content(a) if a else None",
    "def title(a) -> Content: ...\nself.border_title = title(name)",
    "self.placeholder = Content(name)",
    "from textual.widgets import Static, TextArea",
    "def render(self) -> Content: return Content(self.name)",
    "tooltip = name",
    "Button(Content(name), id='close')",
    "DiscoveryHit(escape(name), run, help=escape(why))",
    "Hit(score, Content(name), run, text=name)",
    "self.cache.update(more)",
]


@pytest.mark.parametrize("text", PARSES)
def test_a_text_that_could_be_parsed_is_found(text: str) -> None:
    assert found(markup.parsed_texts, text)


@pytest.mark.parametrize("text", PARSES_NOT)
def test_a_text_that_is_shown_as_it_is_passes(text: str) -> None:
    assert not found(markup.parsed_texts, text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (forbidden.asks_the_time, "now = datetime.now(UTC)"),
        (forbidden.asks_the_time, "datetime.datetime.utcnow()"),
        (forbidden.asks_the_time, "import time\ntime.monotonic()"),
        (forbidden.asks_the_time, "Thing(clock=time.time)"),
        (forbidden.asks_the_time, "from time import monotonic"),
        (forbidden.bare_tasks, "asyncio.create_task(run())"),
        (forbidden.bare_tasks, "asyncio.ensure_future(run())"),
        (forbidden.makes_text_safe_by_name, "SafeText(raw)"),
        (forbidden.makes_text_safe_by_name, "text.SafeLine(raw)"),
        (forbidden.makes_text_safe_by_name, "SafeLine.__new__(SafeLine, raw)"),
        (forbidden.makes_text_safe_by_name, 'cast("SafeText", raw)'),
        (forbidden.makes_text_safe_by_name, "cast(SafeLine | None, raw)"),
        (forbidden.relative_imports, "from . import words"),
        (forbidden.relative_imports, "from ..desk import model"),
        (forbidden.vague_module, ""),
    ],
)
def test_a_forbidden_name_is_found(rule: Rule, text: str) -> None:
    assert found(rule, text, "operator_tui/link/utils.py")


@pytest.mark.parametrize(
    ("rule", "text", "path"),
    [
        (forbidden.asks_the_time, "time.monotonic()", "operator_tui/clock.py"),
        (forbidden.asks_the_time, "desk.now()", "operator_tui/link/runner.py"),
        (forbidden.asks_the_time, "time.sleep(1); server_time.time", "server_stub/network/host.py"),
        (forbidden.makes_text_safe_by_name, "kind(raw); SafeText(x)", "operator_tui/desk/text.py"),
        (forbidden.makes_text_safe_by_name, "x: SafeText = clean(raw)", "server_stub/a.py"),
        (forbidden.vague_module, "", "operator_tui/desk/text.py"),
    ],
)
def test_what_is_allowed_there_passes(rule: Rule, text: str, path: str) -> None:
    assert not found(rule, text, path)


def function(lines: int, docstring: str = "") -> str:
    return "def f():\n" + docstring + "    x = 1\n" * (lines - 1)


def test_a_function_may_have_thirty_lines_and_no_more() -> None:
    assert not found(sizes.too_big, function(30))
    assert found(sizes.too_big, function(31))
    assert not found(sizes.too_big, function(30, '    """One.\n\n    Two.\n    """\n'))


def test_a_table_of_one_match_may_be_longer() -> None:
    cases = "".join(f"        case {n}:\n            return f({n})\n" for n in range(20))
    table = f"def f(x):\n    match x:\n{cases}"
    assert not found(sizes.too_big, table)
    assert found(sizes.too_big, table + "    y = 1\n")
    nested = "        case 99:\n            if x:\n                y()\n"
    assert found(sizes.too_big, table + nested)


def test_a_class_may_have_150_lines_without_its_docstrings() -> None:
    fields = "    x = 1\n" * 149
    assert not found(sizes.too_big, f"class A:\n{fields}")
    assert not found(sizes.too_big, f'class A:\n    """What it is."""\n{fields}')
    assert found(sizes.too_big, f"class A:\n{fields}    y = 1\n")


def test_a_file_may_have_250_lines_and_a_test_400() -> None:
    assert not found(sizes.too_big, "x = 1\n" * 250)
    assert found(sizes.too_big, "x = 1\n" * 251)
    assert not found(sizes.too_big, "x = 1\n" * 400, "tests/test_x.py")
    assert found(sizes.too_big, "x = 1\n" * 401, "tests/test_x.py")


def machine(*parts: str) -> str:
    return "/".join(("", *parts, "x"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", "see " + machine("work", "notes")),
        ("docs/a.md", f"`{machine('root', 'x')}`"),
        ("a.py", 'ROOT = "' + machine("Users", "sam") + '"'),
        (".ci/run", "pip install --extra" + "-index-url x"),
        ("uv.lock", "PIP" + "_INDEX_URL=x"),
        ("uv.lock", 'url = "https://mirror.example:8080/simple"'),
        ("a.toml", "host = " + ".".join(["10", "1", "2", "3"])),
    ],
)
def test_a_mention_of_a_machine_is_found(name: str, text: str) -> None:
    assert list(mentions.mentions(name, text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("uv.lock", 'url = "https://files.pythonhosted.org/packages/a.whl"'),
        ("README.md", "https://shop.example/work/coats and 127.0.0.1:8765"),
        ("a.py", "it does the work/life thing"),
    ],
)
def test_an_ordinary_address_is_no_mention_of_a_machine(name: str, text: str) -> None:
    assert not list(mentions.mentions(name, text))
