"""What is shipped is locked, described, licensed, and built the same way twice."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

from tests.supply.__main__ import LOCK, ROOT, main

if TYPE_CHECKING:
    from pathlib import Path

FINE = re.compile(r"apache|mit|bsd|mpl|psf|python software|lgpl|isc|zlib|unlicense", re.IGNORECASE)


def locked() -> dict[str, str]:
    """Return what is locked for this system and Python, by name."""
    text = re.sub(r"\\\n", " ", LOCK.read_text(encoding="utf-8"))
    found = [Requirement(re.sub(r"\s+--hash=\S+", "", line)) for line in text.splitlines() if line]
    here = [one for one in found if one.marker is None or one.marker.evaluate()]
    return {one.name.lower(): str(one.specifier).removeprefix("==") for one in here}


def plain(name: str) -> str:
    """Return a project's name as the packaging standards compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_version_is_locked_with_hashes() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = re.sub(r"\\\n", " ", lock.read_text(encoding="utf-8"))
        for line in filter(None, text.splitlines()):
            assert re.match(r"[\w.-]+(\[[\w,]+\])?==\S+", line), line
            assert "--hash=sha256:" in line, line


def test_the_bill_of_materials_names_all_that_is_shipped_with_its_licence(tmp_path: Path) -> None:
    assert main(["sbom", str(tmp_path)]) == 0
    bill = json.loads((tmp_path / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    listed = {
        (re.sub(r"[-_.]+", "-", one["name"]).lower(), one["version"]) for one in bill["components"]
    }
    wanted = {(re.sub(r"[-_.]+", "-", name), version) for name, version in locked().items()}
    assert wanted <= listed
    text = (tmp_path / "licences.txt").read_text(encoding="utf-8")
    heads = re.findall(r"(?:^|={78}\n\n)(\S+) (\S+): (.*)", text)
    named = {plain(name) for name, _, _ in heads}
    assert named >= {name for name, _ in wanted}
    assert [head for head in heads if not FINE.search(head[2])] == []


@pytest.mark.full
def test_the_wheel_is_the_same_twice(tmp_path: Path) -> None:
    sums = set()
    for name in ("one", "two"):
        assert main(["wheel", str(tmp_path / name)]) == 0
        (made,) = (tmp_path / name).glob("*.whl")
        sums.add(hashlib.sha256(made.read_bytes()).hexdigest())
    assert len(sums) == 1


@pytest.mark.full
def test_an_audit_that_reaches_no_advisories_fails() -> None:
    """A check that passes where it can't look would be worse than none."""
    nowhere = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    done = subprocess.run(
        [sys.executable, "-m", "tests.supply", "audit"],
        cwd=ROOT,
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode != 0
    assert "No known vulnerabilities" not in done.stdout + done.stderr
