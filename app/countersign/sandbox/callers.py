"""Who calls and what, as far as a log may tell it: no identities, no secrets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from sqlalchemy import select

from countersign.sandbox import jose
from countersign.sandbox.models import Factor

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Scope

    from countersign.sandbox.store import Store

# Sids but a credential's, numbers, short words: no token that somebody put in the wrong place.
_SAFE: Final = re.compile(r"(?!CR)[A-Z]{2}[0-9a-fA-F]{32}|[0-9]{1,18}|(?=.{1,24}\Z)[a-z][a-z0-9-]*")
_TOLD: Final = frozenset({"FactorSid", "Status", "Order", "PageSize"})
_QUERY_READ: Final = 1_000
_METHOD_READ: Final = 16
_KNOWN: Final = 10_000
UNKNOWN_PATH: Final = "(unknown path)"


@dataclass(frozen=True, slots=True)
class Seen:
    """One request. The caller is who it says it is: whether that holds is seen by the status."""

    caller: str
    """device, company, backend, control or console."""
    factor_sid: str | None
    """Of a device that has one."""
    method: str
    path: str
    """With `{identity}` for each identity, and the parameters of a list that hold none."""

    @property
    def bare(self) -> str:
        """The path without parameters."""
        return self.path.partition("?")[0]


class Callers:
    """Tells who calls; remembers whose key is whose. Safe to use from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._factors: dict[str, str] = {}

    def identify(self, request: Request) -> Seen:
        """Look at a request that has found its route; may look a factor up in the database."""
        scope = request.scope
        caller = kind(scope)
        factor_sid = None
        if caller == "company" and (token := _device_token(request)) is not None:
            caller, factor_sid = "device", self._factor(token)
        return Seen(caller, factor_sid, method(scope), _path(request))

    def _factor(self, token: str) -> str | None:
        try:
            credential = jose.key_id(jose.split(token))
        except ValueError:
            return None  # one that enrols has no key yet
        known = self._factors.get(credential)
        if known is None:
            with self._store.read() as session:
                query = select(Factor.sid).where(Factor.credential_sid == credential)
                known = session.scalar(query)
            if known is not None and len(self._factors) < _KNOWN:
                self._factors[credential] = known
        return known


def kind(scope: Scope) -> str:
    """Tell by the address alone who calls; a device counts as a company here."""
    path: str = scope["path"]
    if path.startswith("/v2"):
        return "company"
    own_page = (b"sec-fetch-site", b"same-origin") in scope["headers"]
    if own_page or path.startswith(("/console", "/sign-in")):
        return "console"
    return "control" if path.startswith("/control") else "backend"


def method(scope: Scope) -> str:
    """Give the method, which may be any word."""
    return str(scope["method"])[:_METHOD_READ]


def _device_token(request: Request) -> str | None:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, _, password = jose.decode_standard(encoded.strip()).decode("utf-8").partition(":")
    except ValueError:
        return None
    return password if user == "token" else None


def _path(request: Request) -> str:
    path = str(getattr(request.scope.get("route"), "path", UNKNOWN_PATH))
    for name, value in request.path_params.items():
        if name != "identity" and _SAFE.fullmatch(str(value)):
            path = path.replace(f"{{{name}}}", str(value))
    told = "&".join(f"{name}={value}" for name, value in _query(request))
    return f"{path}?{told}" if told else path


def _query(request: Request) -> list[tuple[str, str]]:
    text = request.scope["query_string"][:_QUERY_READ].decode("ascii", "replace")
    if not text:
        return []
    pairs = parse_qsl(text)
    return [(name, value) for name, value in pairs if name in _TOLD and _SAFE.fullmatch(value)]
