import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator

import pytest

from tests.house import forbidden, markup, mentions, sentences, sizes
from tests.house.source import ROOT, Source, sources

Rule = Callable[[Source], Iterator[str]]
PROGRAMS = ("operator_tui", "server_stub")
UI = "operator_tui/ui"


@pytest.mark.parametrize(
    ("rule", "folders"),
    [
        (sizes.too_big, (*PROGRAMS, "tests")),
        (forbidden.relative_imports, (*PROGRAMS, "tests")),
        (forbidden.vague_module, (*PROGRAMS, "tests")),
        (forbidden.asks_the_time, PROGRAMS),
        (forbidden.makes_text_safe_by_name, PROGRAMS),
        (forbidden.bare_tasks, (UI,)),
        (sentences.untranslated, (UI,)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_house_keeps_its_rules(rule: Rule, folders: tuple[str, ...]) -> None:
    assert sources(*folders)
    found = [finding for source in sources(*folders) for finding in rule(source)]
    assert not found, "\n".join(["", *found])


def test_no_widget_parses_a_text() -> None:
    known = markup.Known(source.tree for source in sources(UI))
    found = [one for source in sources(UI) for one in markup.parsed_texts(source, known)]
    assert not found, "\n".join(["", *found])


def test_no_file_mentions_the_machine_it_was_written_on() -> None:
    found: list[str] = []
    for path in mentions.our_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += mentions.mentions(path.relative_to(ROOT).as_posix(), text)
    assert not found


ASK = """
import sys
from operator_tui.cli import main
sys.argv = ["operator-tui", sys.argv[1]]
code = 0
try:
    main()
except SystemExit as end:
    code = end.code or 0
heavy = {name.partition(".")[0] for name in sys.modules} & {"textual", "rich", "websockets"}
print(code, sorted(heavy), file=sys.stderr)
"""


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_a_short_question_is_answered_without_the_heavy_libraries(option: str) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", ASK, option], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert asked.stderr.strip() == "0 []"
    assert asked.stdout.strip()


def test_pip_and_uv_install_the_same_for_tests() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras, groups = project["project"]["optional-dependencies"], project["dependency-groups"]
    assert all(extras[name] == groups[name] for name in ("test", "browser", "check"))
    assert {"include-group": "test"} in groups["dev"]
