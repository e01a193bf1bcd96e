"""A time of day by the locale, with seconds where they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QTime

from countersign.desktop.language.clock import time_of_day

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("locale", "short", "seconds"),
    [
        ("de_DE", "23:10", "23:10:04"),
        ("en_GB", "23:10", "23:10:04"),
        ("en_US", "11:10 PM", "11:10:04 PM"),
        ("da_DK", "23.10", "23.10.04"),
        ("C", "23:10", "23:10:04"),
    ],
)
def test_by_locale(locale: str, short: str, seconds: str) -> None:
    QLocale.setDefault(QLocale(locale))
    time = QTime(23, 10, 4)

    def plain(text: str) -> str:
        return text.replace("\u202f", " ").replace("\u00a0", " ")

    assert plain(time_of_day(time)) == short
    assert plain(time_of_day(time, seconds=True)) == seconds
