"""The company's policy.toml, system-wide: only what an administrator wrote counts, and all of it.

A file that can't be trusted, read or understood in every part is a broken policy, never none.
"""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
import platformdirs

from countersign.device.plain_text import visible
from countersign.device.policy import Company, Policy, PolicyBroken
from countersign.device.settings import Notices, Proxy  # noqa: TC001 - msgspec reads Notices
from countersign.device.silent.address import checked_template
from countersign.push.address import checked_api_url, checked_url
from countersign.push.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.device.policy import PolicyState

MAX_BYTES: Final = 64 * 1024
FASTEST: Final = 2
SLOWEST: Final = 300
"""Seconds between polls that a policy may name."""
_MAX_ITEMS: Final = 100
_MAX_TEXT: Final = 200
_ROOT: Final = 0
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


class _Accounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    backends: list[str] | None = None
    api_urls: list[str] | None = None


class _Approvals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    silent_sign_in: bool = True
    silent_everything: bool = True
    pin_required: bool = False


class _Checking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fastest: int | None = None
    slowest: int | None = None


class _Network(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    proxy: str | None = None
    ca_file: str = ""


class _Company(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    backend: str
    sign_in: str | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    support: str | None = None
    notices: Notices | None = None
    accounts: _Accounts = _Accounts()
    approvals: _Approvals = _Approvals()
    checking: _Checking = _Checking()
    network: _Network = _Network()
    companies: list[_Company] = []


class _BadError(Exception):
    """What is wrong with it, in a sentence."""


def policy_path() -> Path:
    """Return where this system's policy lies, whether or not there is one."""
    if sys.platform in {"win32", "darwin"}:
        return platformdirs.site_data_path("Countersign", appauthor=False) / "policy.toml"
    return Path("/etc/countersign/policy.toml")


def read_policy(path: Path | None = None, *, owner: int = _ROOT) -> PolicyState:
    """Read the policy; `Policy()` where there is none. Blocks, and raises nothing.

    On POSIX the file and its folder must belong to `owner` and be writable by nobody else; on
    Windows the installer sets who may write there.
    """
    file = path or policy_path()
    try:
        data = _read(file, owner)
    except FileNotFoundError:
        return Policy()
    except OSError:
        return PolicyBroken(f"{file} can't be read.")
    except _BadError as error:
        return PolicyBroken(f"{file} {error}")
    try:
        return replace(_parse(data), source=str(file))
    except _BadError as error:
        return PolicyBroken(f"{file}: {str(error).rstrip('.')}.")


def _parse(data: bytes) -> Policy:
    try:
        found: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
        wire = msgspec.convert(found, _File, strict=True)
    except (ValueError, RecursionError) as error:  # what TOML, UTF-8 and msgspec raise
        raise _BadError(visible(f"isn't a policy: {error}", _MAX_TEXT)) from error
    _require_bounds(wire.checking)
    proxy, proxy_url = _proxy(wire.network.proxy)
    policy = Policy(
        backends=_addresses(wire.accounts.backends, checked_url, "accounts.backends"),
        api_urls=_addresses(wire.accounts.api_urls, checked_api_url, "accounts.api_urls"),
        companies=_companies(wire.companies),
        silent_sign_in=wire.approvals.silent_sign_in,
        silent_everything=wire.approvals.silent_everything,
        pin_required=wire.approvals.pin_required,
        notices=wire.notices,
        fastest=wire.checking.fastest,
        slowest=wire.checking.slowest,
        proxy=proxy,
        proxy_url=proxy_url,
        ca_file=_ca_file(wire.network.ca_file),
    )
    if wire.support is None:
        return policy
    return replace(policy, support=_text(wire.support, "support"))


def _read(file: Path, owner: int) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(file, flags)
    try:
        _require_trusted(os.fstat(handle), owner, stat.S_ISREG)
        _require_trusted(file.parent.stat(), owner, stat.S_ISDIR)
        with os.fdopen(os.dup(handle), "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    finally:
        os.close(handle)
    _require(len(data) <= MAX_BYTES, "is too long.")
    return data


def _require_trusted(found: os.stat_result, owner: int, kind: Callable[[int], bool]) -> None:
    _require(kind(found.st_mode), "isn't a file in a folder.")
    if os.name == "posix":
        ours_alone = found.st_uid == owner and not found.st_mode & _OTHERS_WRITE
        _require(ours_alone, "can be changed by others than the administrator.")


def _require_bounds(checking: _Checking) -> None:
    fastest, slowest = checking.fastest or FASTEST, checking.slowest or SLOWEST
    _require(
        FASTEST <= fastest <= slowest <= SLOWEST and 0 not in {checking.fastest, checking.slowest},
        f"checking needs {FASTEST} <= fastest <= slowest <= {SLOWEST}",
    )


def _companies(found: list[_Company]) -> tuple[Company, ...]:
    _require(len(found) <= _MAX_ITEMS, "names too many companies")
    companies = []
    for one in found:
        name = _text(one.name, "companies.name")
        backend = _checked(one.backend, checked_url, "companies.backend")
        sign_in = one.sign_in
        if sign_in is not None:
            # A sign-in in the clear is for loopback accounts, and those have a loopback backend.
            check = partial(checked_template, api_url=backend)
            sign_in = _checked(sign_in, check, "companies.sign_in")
        companies.append(Company(name, backend, sign_in))
    return tuple(companies)


def _addresses(
    found: list[str] | None, check: Callable[[str], str], where: str
) -> tuple[str, ...] | None:
    if found is None:
        return None
    _require(len(found) <= _MAX_ITEMS, f"has too many {where}")
    return tuple(_checked(one, check, where) for one in found)


def _proxy(text: str | None) -> tuple[Proxy | None, str]:
    if text is None:
        return None, ""
    if text in {Proxy.SYSTEM.value, Proxy.NONE.value}:
        return Proxy(text), ""
    # The address of a proxy is written like any other, and http: is usual for one.
    with_tls = text.replace("http://", "https://", 1)
    _checked(with_tls, checked_api_url, "network.proxy")
    return Proxy.MANUAL, text


def _ca_file(text: str) -> str:
    _require(not text or Path(text).is_absolute(), "network.ca_file isn't an absolute path")
    return text


def _checked(text: str, check: Callable[[str], str], where: str) -> str:
    try:
        return check(text)
    except InputError as error:
        raise _BadError(f"{where} has an address that can't be used") from error


def _text(text: str, where: str) -> str:
    _require(0 < len(text) <= _MAX_TEXT and text.isprintable(), f"{where} isn't a short text")
    return text


def _require(holds: bool, what: str) -> None:  # noqa: FBT001 - an assertion's own order
    if not holds:
        raise _BadError(what)
