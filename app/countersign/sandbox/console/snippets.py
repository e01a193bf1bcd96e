"""The same request as a command or a program, to be copied. Secrets stay in the environment."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from countersign.sandbox import render, sending, strictjson
from countersign.sandbox.call import Reply
from countersign.sandbox.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.sandbox.call import Call
    from countersign.sandbox.models import Challenge

TOKEN = "TWILIO_AUTH_TOKEN"  # noqa: S105 - the variable's name


def _fields(row: Challenge) -> list[dict[str, str]]:
    fields = row.details["fields"]
    return list(fields) if isinstance(fields, list) else []


def _address(call: Call, row: Challenge) -> str:
    return str(render.challenge(call.api, row, call.now)["url"]).rpartition("/")[0]


def _sid(_call: Call, row: Challenge) -> str:
    return row.sid


def _curl(call: Call, row: Challenge) -> str:
    given = {
        "FactorSid": row.factor_sid,
        "Details.Message": str(row.details["message"]),
        "Details.Fields": strictjson.dumps(_fields(row)) if _fields(row) else None,
        "HiddenDetails": strictjson.dumps(row.hidden_details) if row.hidden_details else None,
    }
    lines = [f"curl -X POST {shlex.quote(_address(call, row))}"]
    # A leading @ would name a file, but never behind "name=".
    lines += [
        f"--data-urlencode {shlex.quote(f'{name}={value}')}"
        for name, value in given.items()
        if value
    ]
    lines.append(f'-u "{row.account_sid}:${TOKEN}"')
    return " \\\n  ".join(lines) + "\n"


def _twilio_python(call: Call, row: Challenge) -> str:
    # The API takes each field as a JSON text of its own; `ascii` spells hidden characters out.
    fields = [strictjson.dumps(field) for field in _fields(row)]
    hidden = strictjson.dumps(row.hidden_details) if row.hidden_details else None
    lines = [
        "import os",
        "",
        "from twilio.rest import Client",
        "",
        f'client = Client("{row.account_sid}", os.environ["{TOKEN}"])',
        f'client.verify.base_url = "{call.base}"  # the sandbox; leave it out for the real service',
        f'entity = client.verify.v2.services("{row.service_sid}").entities("{row.identity}")',
        "challenge = entity.challenges.create(",
        f'    factor_sid="{row.factor_sid}",',
        f"    details_message={row.details['message']!a},",
        *([f"    details_fields={fields!a},"] if fields else []),
        *([f"    hidden_details={hidden!a},"] if hidden else []),
        ")",
        "print(challenge.sid, challenge.status)",
    ]
    return "\n".join(lines) + "\n"


def _pytest(call: Call, row: Challenge) -> str:
    lines = [
        "import os",
        "",
        "from countersign.sandbox.client import SandboxClient",
        "",
        "",
        "def test_the_request_is_approved():",
        f'    with SandboxClient("{call.base}/control", os.environ["{TOKEN}"]) as sandbox:',
        "        made = sandbox.create_challenge(",
        f'            "{row.factor_sid}",',
        f"            message={row.details['message']!a},",
        *([f"            fields={_fields(row)!a},"] if _fields(row) else []),
        *([f"            hidden_details={row.hidden_details!a},"] if row.hidden_details else []),
        "        )",
        "        ...  # approve it in the app",
        '        assert sandbox.challenge(made["sid"])["status"] == "approved"',
    ]
    return "\n".join(lines) + "\n"


KINDS: Final[dict[str, tuple[str, Callable[[Call, Challenge], str]]]] = {
    "id": ("ID", _sid),
    "curl": ("curl", _curl),
    "twilio-python": ("twilio-python", _twilio_python),
    "pytest": ("pytest", _pytest),
}
"""By what the address says: what the menu says, and what writes it."""


def snippet(call: Call) -> Reply:
    """GET /console/copy/{sid}/{kind}: plain text."""
    row = sending.challenge(call, call.path["sid"])
    found = KINDS.get(call.path["kind"])
    if found is None:
        raise ApiError(20404)
    return Reply(200, text=found[1](call, row), media_type="text/plain")
