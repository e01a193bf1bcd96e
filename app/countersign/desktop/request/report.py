"""What [Copy what happened] puts on the clipboard, for whoever gives support."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.desktop.request.words import result_text, time_text, translate

if TYPE_CHECKING:
    from countersign.desktop.request.view import RequestView


def report(view: RequestView, support: str) -> str:
    """Return all that support needs to find the request; it holds no secret."""
    lines = [
        (translate("Request", "What happened"), result_text(view, support)),
        (translate("Request", "When"), time_text(view.result_at, view.now)),
        (translate("Request", "Account"), f"{view.label} ({view.host})"),
        (translate("Request", "Request"), f"{view.message} ({view.sid})"),
        (translate("Request", "Asked"), time_text(view.asked, view.now)),
        *((row.label, row.value or row.was) for row in view.rows or ()),
    ]
    return "\n".join(f"{name}: {value}" for name, value in lines)
