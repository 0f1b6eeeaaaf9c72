"""What no file of the project may name: somebody's machine, its folders, its package mirror."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import ROOT

FOLDERS = ("work", "root", "builds", "Users")
PACKAGE_HOSTS = {"pypi.org", "files.pythonhosted.org", "docs.astral.sh", "github.com"}
NOT_OURS = {"__pycache__", "build", "dist", "node_modules"}
OUR_HIDDEN = {".ci", ".github", ".gitignore"}
A_FOLDER = re.compile(rf"(?<![\w.~)}}>:/])/(?:{'|'.join(FOLDERS)})/")
A_MIRROR = re.compile(r"(?:extra|pip|uv|default)[-_]index|trusted[-_]host", re.IGNORECASE)
A_PRIVATE_ADDRESS = re.compile(r"\b(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}\b")
A_HOST = re.compile(r"https?://([^/\s\"']+)")
PACKAGING = {"pyproject.toml", "uv.lock", "run"}


def our_files() -> Iterator[Path]:
    """Every file of the project that is text, as far as it stands in the tree."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part not in OUR_HIDDEN for part in parts)
        built = any(part in NOT_OURS or part.endswith(".egg-info") for part in parts)
        if not hidden and not built and path.is_file():
            yield path


def mentions(name: str, text: str) -> Iterator[str]:
    """Every mention in the text of the file `name`."""
    for number, line in enumerate(text.splitlines(), 1):
        for pattern in (A_FOLDER, A_MIRROR, A_PRIVATE_ADDRESS):
            if (found := pattern.search(line)) is not None:
                yield f"{name}:{number}: {found[0]}"
        if name.rpartition("/")[2] in PACKAGING:
            for host in set(A_HOST.findall(line)) - PACKAGE_HOSTS:
                yield f"{name}:{number}: {host}"
