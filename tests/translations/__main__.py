"""`dev.py translate`: the window's texts into resources/translations, and those into the app."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.translations.catalogue import missing
from tests.translations.tools import CATALOGUE, COMPILED, compiled, extract


def main(arguments: list[str]) -> int:
    """Extract, compile, and list what is still to be translated; the exit status."""
    argparse.ArgumentParser(prog="dev.py translate", description=__doc__).parse_args(arguments)
    extract(CATALOGUE)
    with tempfile.TemporaryDirectory(prefix="cs-words-") as place:
        COMPILED.write_bytes(compiled(CATALOGUE, Path(place)))
    todo = missing(CATALOGUE)
    for message in todo:
        say(f"not translated: {message.context}: {message.source}")
    if todo:
        say(f"{len(todo)} to translate in {CATALOGUE}, then run dev.py translate again.")
    return int(bool(todo))


def say(text: str) -> None:
    """Tell whoever ran the command."""
    print(text)  # noqa: T201 - a command's own words to its user


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
