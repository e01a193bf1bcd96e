"""docs/policy.md is about the policy that is read: keys, places, and an example that works."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final, get_type_hints

import msgspec
import pytest

from countersign.device.policy import Policy
from countersign.storage import policy_file
from countersign.storage.policy_file import MAX_BYTES, policy_path, read_policy

TEXT: Final = (Path(__file__).parents[3] / "docs" / "policy.md").read_text(encoding="utf-8")
EXAMPLE: Final = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)


def keys(struct: type, before: str = "") -> list[str]:
    """Return the names of all keys, those of a table behind its own."""
    found: list[str] = []
    for name, kind in get_type_hints(struct).items():
        found.append(before + name)
        tables = [one for one in (kind, *getattr(kind, "__args__", ())) if is_table(one)]
        for table in tables:
            found += keys(table, f"{before}{name}.")
    return found


def is_table(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def listed() -> set[str]:
    return set(re.findall(r"^\| `([a-z_.]+)` \|", TEXT, re.MULTILINE))


def test_every_key_is_listed_and_none_beside() -> None:
    wanted = keys(policy_file._File)
    assert len(wanted) > 15  # the tables were gone into
    tables = {"accounts", "approvals", "checking", "network"}
    assert set(wanted) - tables == listed()


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_the_example_is_a_policy(tmp_path: Path) -> None:
    (example,) = EXAMPLE
    folder = tmp_path / "etc"
    folder.mkdir(mode=0o755)
    file = folder / "policy.toml"
    file.write_text(example, encoding="utf-8")
    file.chmod(0o644)
    found = read_policy(file, owner=os.getuid())
    assert isinstance(found, Policy), found
    assert found.support == "the IT desk, phone 1234"
    for key in listed() - {"companies", "approvals.pin_required"}:
        assert re.search(rf"^{key.rpartition('.')[2]} = ", example, re.MULTILINE), key


def test_the_place_of_this_system_is_there() -> None:
    assert f"`{policy_path()}`" in TEXT


def test_the_bounds_are_those_of_the_code() -> None:
    assert f"{policy_file.FASTEST} to {policy_file.SLOWEST}" in TEXT
    assert f"at most {MAX_BYTES // 1024} KiB" in TEXT
