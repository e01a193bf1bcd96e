"""The links that the documentation hands out are links that the app takes."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Final

import pytest

from countersign.device.links import (
    ChallengeLink,
    EnrollLink,
    OpenLink,
    SignInLink,
    parse_link,
)
from countersign.device.silent.address import checked_template, expanded, new_transaction
from countersign.device.silent.sign_in import MEMBER, SECONDS

DOCS: Final = Path(__file__).parents[3] / "docs"
TEXT: Final = (DOCS / "silent-approval.md").read_text(encoding="utf-8")
LINKS: Final = re.findall(r'countersign://[a-z]+(?:\?[^\s"`<]+)?', TEXT)
TEMPLATES: Final = sorted(
    set(re.findall(r"`(https?://[^`\s]*\{transaction\}[^`\s]*)`", TEXT))
    | set(
        re.findall(
            r"`(https?://[^`\s]*\{transaction\}[^`\s]*)`",
            (DOCS / "sandbox.md").read_text(encoding="utf-8"),
        )
    )
)


@pytest.mark.parametrize("text", sorted(set(LINKS)))
def test_every_link_is_one(text: str) -> None:
    parse_link(unescape(text))


def test_all_kinds_are_there() -> None:
    kinds = {type(parse_link(unescape(text))) for text in LINKS}
    assert kinds == {EnrollLink, ChallengeLink, SignInLink, OpenLink}


def test_every_sign_in_address_is_one() -> None:
    assert len(TEMPLATES) == 2
    for template in TEMPLATES:
        checked_template(template, "http://127.0.0.1:8620/v2")
        opened = expanded(template, new_transaction(), "YF" + "0" * 32)
        assert "{" not in opened


def test_it_says_what_the_app_does() -> None:
    assert f'HiddenDetails={{"{MEMBER}":' in TEXT
    assert f"It waits {SECONDS:.0f} seconds" in TEXT
    assert re.fullmatch(r"[0-9a-f]{32}", new_transaction()), "32 hexadecimal digits"
