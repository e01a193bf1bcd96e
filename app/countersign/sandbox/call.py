"""From an HTTP request to a handler in a thread and back. Every error ends here, in one shape."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.responses import Response

from countersign.sandbox import fault_effects
from countersign.sandbox.callers import Callers
from countersign.sandbox.errors import ApiError
from countersign.sandbox.forms import MAX_BODY, Form
from countersign.sandbox.wire import note_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from sqlalchemy.orm import Session
    from starlette.datastructures import Headers
    from starlette.requests import Request

    from countersign.sandbox.state import Sandbox

_LOG = logging.getLogger(__name__)
_FORM_TYPE = "application/x-www-form-urlencoded"
_READING = frozenset({"GET", "HEAD"})


@dataclass(slots=True)
class Call:
    """One request, inside its own transaction. `now` is the sandbox's clock when it began."""

    sandbox: Sandbox
    session: Session
    method: str
    base: str
    """`http://host:port` as the caller reached us: links lead back the same way."""
    route: str
    path: Mapping[str, str]
    query: Form
    headers: Headers
    body: bytes
    now: float

    @property
    def api(self) -> str:
        """The base of all links."""
        return f"{self.base}/v2"

    @property
    def second(self) -> int:
        """The clock in whole seconds, for what is written down."""
        return int(self.now)

    def form(self) -> Form:
        """Read the body as a form; another media type is refused with 60306."""
        kind = self.headers.get("content-type", _FORM_TYPE).partition(";")[0].strip().lower()
        if kind != _FORM_TYPE and self.body:
            raise ApiError(60306, f"The body must be {_FORM_TYPE}")
        return Form.parse(self.body)


@dataclass(slots=True)
class Reply:
    """An answer: a JSON value, ready text, or nothing."""

    status: int
    body: object = None
    headers: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    media_type: str = "application/json"

    def response(self) -> Response:
        """Turn it into Starlette's response."""
        content = self.text
        if content is None and self.body is not None:
            content = json.dumps(self.body, ensure_ascii=False, separators=(",", ":"))
        kind = self.media_type if content is not None else None
        return Response(content, self.status, self.headers, kind)


Handler = Callable[[Call], Reply]
Refusal = Callable[[ApiError], Reply]


def refuse(error: ApiError) -> Reply:
    """Answer with Twilio's error shape."""
    headers = {"WWW-Authenticate": 'Basic realm="Twilio API"'} if error.status == 401 else {}  # noqa: PLR2004 - as good a name as any for 401
    return Reply(error.status, error.body(), headers)


@dataclass(frozen=True, slots=True)
class _Job:
    """A request on its way to a thread, with who handles it and who words its refusal."""

    handler: Handler
    refusal: Refusal
    request: Request
    body: bytes
    writing: bool


async def read_body(request: Request) -> bytes:
    """Read a body of up to `MAX_BODY` bytes; more raises 60306 before it is read."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise ApiError(60306, f"The body is too large: up to {MAX_BODY} bytes")
    return bytes(body)


class Dispatcher:
    """Runs handlers in threads, each in a transaction of its own.

    An answer leaves only after its transaction is committed: acknowledged means kept. Here, too,
    is where faults hit.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._callers = Callers(sandbox.store)

    def endpoint(
        self, handler: Handler, *, writes: bool | None = None, refusal: Refusal = refuse
    ) -> Callable[[Request], Awaitable[Response]]:
        """Make a Starlette endpoint. Without `writes`, all methods but GET and HEAD write."""

        async def run(request: Request) -> Response:
            try:
                body = await read_body(request)
            except ApiError as error:
                return refusal(error).response()
            except ClientDisconnect:
                return Response(status_code=400)  # nobody is there to read it
            writing = request.method not in _READING if writes is None else writes
            job = _Job(handler, refusal, request, body, writing)
            work = partial(self._work, job)
            return await asyncio.get_running_loop().run_in_executor(self._sandbox.workers, work)

        return run

    def _work(self, job: _Job) -> Response:
        try:
            return self._spoiled(job)
        except ApiError as error:
            return job.refusal(error).response()
        except Exception:  # noqa: BLE001 - a client gets Twilio's shape, whatever broke
            # The path's pattern and never its values, which may be someone's identity.
            _LOG.exception("%s failed", getattr(job.request.scope.get("route"), "path", "?"))
            return job.refusal(ApiError(20500)).response()

    def _spoiled(self, job: _Job) -> Response:
        note = note_of(job.request.scope)
        note.seen = self._callers.identify(job.request)
        hit = self._sandbox.faults.take(note.seen)
        note.fault, note.hold = "+".join(hit.names), hit.latency
        if hit.fault is None:
            return self._handled(job)
        exchange = fault_effects.Exchange(
            note=note,
            refusal=job.refusal,
            work=partial(self._answered, job),
            alter=partial(self._altered, job),
            now=self._sandbox.clock.now(),
        )
        return fault_effects.spoil(hit.fault, exchange)

    def _answered(self, job: _Job) -> Response:
        # A refusal is an answer, too, and a fault may spoil it.
        try:
            return self._handled(job)
        except ApiError as error:
            return job.refusal(error).response()

    def _handled(self, job: _Job) -> Response:
        store = self._sandbox.store
        with store.write() if job.writing else store.read() as session:
            reply = job.handler(self._call(job.request, session, job.body))
        if job.writing:
            self._sandbox.changed()
        return reply.response()

    def _altered(self, job: _Job, act: Callable[[Call], None]) -> None:
        with self._sandbox.store.write() as session:
            act(self._call(job.request, session, job.body))
        self._sandbox.changed()

    def _call(self, request: Request, session: Session, body: bytes) -> Call:
        return Call(
            sandbox=self._sandbox,
            session=session,
            method=request.method,
            base=f"http://{request.headers['host']}",
            route=request.url.path,
            path=request.path_params,
            query=Form.parse(request.scope["query_string"]),
            headers=request.headers,
            body=body,
            now=self._sandbox.clock.now(),
        )
