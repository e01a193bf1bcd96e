"""What a command costs before it does anything: counted in imports, not in seconds."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROBE = (
    "import sys\n"
    "from countersign.__main__ import main\n"
    "sys.argv = ['countersign', *sys.argv[1:]]\n"
    "try:\n"
    "    main()\n"
    "except SystemExit:\n"
    "    pass\n"
    "print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))\n"
)
DEAR = {"httpx", "PySide6", "qasync", "keyring", "cryptography", "msgspec", "sqlalchemy"}


def imported(*words: str) -> set[str]:
    """Return the packages that a command has imported at its end."""
    result = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROBE, *words], capture_output=True, text=True, check=True
    )
    return set(result.stdout.splitlines()[-1].split())


def test_the_version_needs_nothing() -> None:
    assert imported("--version") & DEAR == set()


@pytest.mark.parametrize("words", [("--help",), ("approve", "--help"), ("dance",)])
def test_help_and_wrong_words_need_nothing(words: tuple[str, ...]) -> None:
    assert imported(*words) & DEAR == set()


def test_a_command_brings_neither_qt_nor_the_sandbox(tmp_path: object) -> None:
    seen = imported("--profile", f"{tmp_path}/profile", "accounts")
    assert seen & {"PySide6", "qasync", "sqlalchemy", "starlette", "uvicorn", "jinja2"} == set()
