"""The whole service as one ASGI application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from countersign.sandbox import (
    accounts,
    api,
    backend,
    console,
    control,
    control_faults,
    control_runs,
    openapi,
    sign_in,
    steering,
)
from countersign.sandbox.call import Dispatcher, refuse
from countersign.sandbox.errors import ApiError
from countersign.sandbox.guard import Guard
from countersign.sandbox.wire import Wire

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from countersign.sandbox.state import Sandbox

_METHOD_NOT_ALLOWED = 405


async def _unrouted(_request: Request, error: Exception) -> Response:
    wrong_method = isinstance(error, HTTPException) and error.status_code == _METHOD_NOT_ALLOWED
    return refuse(ApiError(20004 if wrong_method else 20404)).response()


def create_app(state: Sandbox) -> Starlette:
    """Make the application over an open sandbox; closing the sandbox stays the caller's task.

    The server that runs it must leave the `Date` header to us, and have `wire.Connection` as its
    protocol, which faults need.
    """
    dispatcher = Dispatcher(state)
    app = Starlette(
        routes=[
            *api.routes(dispatcher),
            *backend.routes(dispatcher),
            *accounts.routes(dispatcher),
            *control.routes(dispatcher),
            *control_faults.routes(dispatcher),
            *steering.routes(dispatcher),
            *control_runs.routes(dispatcher),
            *openapi.routes(dispatcher),
            *console.routes(dispatcher, state.changes),
            *sign_in.routes(dispatcher),
        ],
        middleware=[Middleware(Wire, sandbox=state), Middleware(Guard, clock=state.clock)],
        exception_handlers={HTTPException: _unrouted},
    )
    # /v2/Services/ is not /v2/Services, and a redirect would lose a POST's body.
    app.router.redirect_slashes = False
    return app
