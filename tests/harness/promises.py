"""The tests that hold what SECURITY.md promises: named there, they must be there and have run.

    python -m tests.harness.promises FILE [--full]

FILE has the tests that passed, a line each. Without --full, tests marked `full` aren't expected;
with it, they alone are.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = (ROOT / "SECURITY.md", ROOT / "docs" / "threat-model.md")
_NAMED: Final = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def named(*pages: Path) -> list[tuple[str, str]]:
    """Return file and name of each test that is named, in order and once."""
    texts = (page.read_text(encoding="utf-8") for page in pages or PAGES)
    return list(dict.fromkeys(found for text in texts for found in _NAMED.findall(text)))


def is_full(file: str, test: str) -> bool | None:
    """Tell whether a test is marked `full`, itself or by its module; None where there is none."""
    path = ROOT / file
    if not path.exists():
        return None
    tree = ast.parse(path.read_text(encoding="utf-8"))
    marks = [ast.unparse(node) for node in tree.body if isinstance(node, ast.Assign)]
    whole = any(line.startswith("pytestmark") and "mark.full" in line for line in marks)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == test:
            return whole or any("mark.full" in ast.unparse(one) for one in node.decorator_list)
    return None


def not_run(passed: set[str], *, full: bool) -> list[str]:
    """Return the named tests of this kind that aren't among those that passed."""
    wanted = [(file, test) for file, test in named() if is_full(file, test) in {full, None}]
    return [f"{file}::{test}" for file, test in wanted if f"{file}::{test}" not in passed]


def main(words: list[str]) -> int:
    """Compare, and say what is missing."""
    file = Path(words[0])  # not there where nothing passed
    passed = set(file.read_text(encoding="utf-8").splitlines()) if file.exists() else set()
    missing = not_run(passed, full="--full" in words)
    for one in missing:
        sys.stdout.write(f"named as holding a promise, and didn't pass: {one}\n")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
