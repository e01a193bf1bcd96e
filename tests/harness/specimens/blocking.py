"""Specimens: blocking calls on the event loop."""

import asyncio
import contextlib
import logging
import sqlite3
import time
from pathlib import Path

import httpx
import pytest
from PySide6.QtWidgets import QApplication


async def test_bad_sleep() -> None:
    time.sleep(0)  # noqa: ASYNC251 - that is what is to be caught


async def test_bad_swallowed() -> None:
    with contextlib.suppress(Exception):
        time.sleep(0)  # noqa: ASYNC251 - that is what is to be caught


async def test_bad_database() -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("select 1")


async def test_bad_file(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")


def test_bad_in_a_loop_of_its_own() -> None:
    async def sleep() -> None:
        time.sleep(0)  # noqa: ASYNC251 - that is what is to be caught

    asyncio.run(sleep())


async def test_good_in_a_worker() -> None:
    await asyncio.to_thread(time.sleep, 0)


def test_good_without_a_loop() -> None:
    time.sleep(0)


@pytest.mark.may_block("to show that one may")
async def test_good_declared() -> None:
    time.sleep(0)  # noqa: ASYNC251 - declared


async def test_good_with_qt(qapp: QApplication) -> None:
    del qapp
    time.sleep(0)  # noqa: ASYNC251 - windows are left out


async def test_good_what_libraries_do() -> None:
    """A client with its TLS context, an import, a log record, a print: none of these is caught."""
    import wave  # noqa: PLC0415 - an import on the loop is the point

    async with httpx.AsyncClient():
        logging.getLogger("specimen").info("fine %s", wave.__name__)
        print("fine")  # noqa: T201 - the point
