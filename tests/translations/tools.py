"""Qt's tools: lupdate finds the texts, lrelease compiles a catalogue, rcc puts it into a module."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
CATALOGUE: Final = ROOT / "resources" / "translations" / "countersign_de.ts"
DESKTOP: Final = ROOT / "app" / "countersign" / "desktop"
COMPILED: Final = DESKTOP / "language" / "_resources_rc.py"

_QRC: Final = """\
<!DOCTYPE RCC><RCC version="1.0">
<qresource prefix="/translations">
    <file>{name}</file>
</qresource>
</RCC>
"""
_PATIENCE: Final = 120.0


def sources() -> list[Path]:
    """List the modules that have words for the window, in a lasting order."""
    return sorted(file for file in DESKTOP.rglob("*.py") if file.name != "_resources_rc.py")


def extract(catalogue: Path) -> None:
    """Bring a catalogue up to date with the code: what is new has no translation yet."""
    # No line numbers: a catalogue shall change when words do, and only then.
    plain = ("-silent", "-locations", "none", "-no-obsolete", "-target-language", "de")
    files = [str(file.relative_to(ROOT)) for file in sources()]
    _run("lupdate", *files, *plain, "-source-language", "en", "-ts", str(catalogue))


def release(catalogue: Path, folder: Path) -> Path:
    """Compile a catalogue into a folder."""
    made = folder / f"{catalogue.stem}.qm"
    _run("lrelease", "-silent", str(catalogue), "-qm", str(made))
    return made


def compiled(catalogue: Path, folder: Path) -> bytes:
    """Return the module that holds a catalogue, made in a folder for passing files."""
    words = release(catalogue, folder)
    listing, module = folder / "translations.qrc", folder / "module.py"
    listing.write_text(_QRC.format(name=words.name), encoding="utf-8")
    _run("rcc", "-g", "python", "--format-version", "1", "-o", str(module), str(listing))
    return module.read_bytes()


def _run(tool: str, *arguments: str) -> None:
    command = [str(Path(sys.executable).with_name(f"pyside6-{tool}")), *arguments]
    subprocess.run(command, check=True, cwd=ROOT, timeout=_PATIENCE)  # noqa: S603 - our own tool
