"""What is shipped, of what and under which licences; and whether anything in it is known to be bad.

    python -m tests.supply sbom FOLDER     sbom.cdx.json (CycloneDX) and licences.txt
    python -m tests.supply audit           asks for advisories; fails where they can't be reached
    python -m tests.supply wheel FOLDER    the wheel

What is shipped is what requirements/app.txt locks. Licences are those of the same versions as they
are installed here; what is for other systems alone is in the bill without one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from importlib.metadata import Distribution

ROOT: Final = Path(__file__).parents[2]
LOCK: Final = ROOT / "requirements" / "app.txt"
UV: Final = ROOT / ".dev" / "uv" / ("Scripts" if os.name == "nt" else "bin") / "uv"
_RULE: Final = "=" * 78
_TEXTS: Final = ("licen", "copying", "notice", "authors")


def run(*words: str | Path) -> int:
    """Run a program; its exit status."""
    told = [str(word) for word in words]
    return subprocess.run(told, check=False).returncode  # noqa: S603 - our own words


def sbom(folder: Path) -> int:
    """Describe what is shipped."""
    folder.mkdir(parents=True, exist_ok=True)
    bill = folder / "sbom.cdx.json"
    options = ("--output-reproducible", "--of", "JSON", "--pyproject", ROOT / "pyproject.toml")
    told = (sys.executable, "-m", "cyclonedx_py", "requirements", *options, "-o", bill, LOCK)
    if status := run(*told):
        return status
    described = json.loads(bill.read_text(encoding="utf-8"))
    texts = [entry for one in described["components"] if (entry := _complete(one))]
    bill.write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")
    (folder / "licences.txt").write_text(f"\n\n{_RULE}\n\n".join(texts), encoding="utf-8")
    return 0


def licence_of(found: Distribution) -> str:
    """Return a distribution's licence, by the newest of the fields that may say it."""
    told = found.metadata.get_all("License-Expression") or []
    classes = [
        line.rpartition(" :: ")[2]
        for line in found.metadata.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    older = found.metadata.get_all("License") or []
    return "; ".join(told or classes or older) or "unknown"


def audit() -> int:
    """Look each locked version up among known advisories."""
    options = ("--requirement", LOCK, "--require-hashes", "--disable-pip", "--strict")
    return run(sys.executable, "-m", "pip_audit", *options, "--progress-spinner", "off")


def wheel(folder: Path) -> int:
    """Build it; the same tree gives the same bytes."""
    options = ("--no-build-isolation", "--python", sys.executable, "-o", folder)
    return run(UV, "build", "-q", "--wheel", *options, ROOT)


def _complete(component: dict[str, Any]) -> str:
    """Put the licence into a component of the bill; returns it with its texts, "" for none."""
    try:
        found = distribution(component["name"])
    except PackageNotFoundError:  # for another system
        return ""
    if found.version != component["version"]:
        return ""
    licence = licence_of(found)
    component["licenses"] = [{"license": {"name": licence}}]
    return "\n".join([f"{found.name} {found.version}: {licence}", *_texts(found)])


def _texts(found: Distribution) -> list[str]:
    return [
        Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
        for file in found.files or []
        if ".dist-info" in str(file) and file.name.lower().startswith(_TEXTS)
    ]


def main(words: list[str]) -> int:
    """Do what the words say."""
    match words:
        case ["sbom", folder]:
            return sbom(Path(folder))
        case ["audit"]:
            return audit()
        case ["wheel", folder]:
            return wheel(Path(folder))
        case _:
            sys.stderr.write(__doc__ or "")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
