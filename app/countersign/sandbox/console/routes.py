"""Where the console's page, parts, files and forms are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from countersign.sandbox.call import Reply
from countersign.sandbox.console import live, pages, snippets
from countersign.sandbox.errors import ApiError
from countersign.sandbox.guard import CONSOLE

if TYPE_CHECKING:
    from countersign.sandbox.call import Call, Dispatcher, Handler
    from countersign.sandbox.changes import Changes

_STATIC: Final = Path(__file__).parents[1] / "static"
_KINDS: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FILES: Final = {
    path.name: (path.read_text(encoding="utf-8"), _KINDS[path.suffix])
    for path in sorted(_STATIC.iterdir())
    if path.suffix in _KINDS
}


def static(call: Call) -> Reply:
    """GET /console/static/{name}."""
    found = _FILES.get(call.path["name"])
    if found is None:
        raise ApiError(20404)
    return Reply(200, text=found[0], media_type=found[1])


def routes(dispatcher: Dispatcher, feed: Changes) -> list[Route]:
    """Give Starlette's routes."""
    table: tuple[tuple[str, str, Handler], ...] = (
        ("GET", CONSOLE, pages.page),
        ("GET", f"{CONSOLE}/parts", pages.parts),
        ("POST", f"{CONSOLE}/do/{{action}}", pages.act),
        ("GET", f"{CONSOLE}/copy/{{sid}}/{{kind}}", snippets.snippet),
        ("GET", f"{CONSOLE}/static/{{name}}", static),
    )
    changes = Route(f"{CONSOLE}/changes", live.endpoint(feed))
    return [
        changes,
        *(
            Route(path, dispatcher.endpoint(handler), methods=[method])
            for method, path, handler in table
        ),
    ]
