"""The OpenAPI document, put together from the table of operations."""

from __future__ import annotations

import functools
import json
import re
from typing import TYPE_CHECKING, Annotated, Final

import msgspec

from countersign import __version__
from countersign.sandbox.client_types import ErrorJson
from countersign.sandbox.errors import CATALOGUE
from countersign.sandbox.forms import MAX_BODY
from countersign.sandbox.jsonbody import TOKEN_HEADER
from countersign.sandbox.openapi.operation import EVERYWHERE, whole
from countersign.sandbox.openapi.operations import OPERATIONS
from countersign.sandbox.scenarios import SCENARIOS

if TYPE_CHECKING:
    from countersign.sandbox.openapi.operation import Operation, Parameter

Json = dict[str, object]
_REFS: Final = "#/components/schemas/"
_IN_PATHS: Final = re.compile(r"{(\w+)}")
# What a path's parameters are; paths say no more than their names.
_PATH_TYPES: Final = {
    "sid": Annotated[str, msgspec.Meta(description="Its sid")],
    "id": whole(1, 10**15),
    "name": Annotated[str, msgspec.Meta(examples=list(SCENARIOS))],
}
_ABOUT: Final = f"""\
Steers a Countersign sandbox: all that its console does. JSON both ways, in UTF-8; loopback alone.

Reading is open to whoever reaches it. A call that changes something needs the header
`{TOKEN_HEADER}` with the first account's auth token, or an `Origin` that is the sandbox's own;
else 403, 20403. So is anything that a browser marks as coming from another site. A body has up to
{MAX_BODY} bytes, and none counts as an empty object; a member named twice, half a surrogate
pair, or a NUL in a text outside of `fields` and `hidden_details` is 400, 60306. Members that no
call knows are not read."""


class _Schemas:
    """JSON Schemas of Python types, collected under `components`."""

    def __init__(self, kinds: list[object]) -> None:
        made, named = msgspec.json.schema_components(kinds, ref_template=_REFS + "{name}")
        self._of = {str(kind): schema for kind, schema in zip(kinds, made, strict=True)}
        self.components: Json = named

    def of(self, kind: object) -> object:
        """Give the schema of a type that was collected."""
        return self._of[str(kind)]


def _kinds(operations: tuple[Operation, ...]) -> list[object]:
    found: list[object] = [ErrorJson, *_PATH_TYPES.values()]
    for each in operations:
        found += [kind for kind in (each.answer, each.body) if kind is not None]
        found += [parameter.type for parameter in each.query]
    return found


def _content(schema: object) -> Json:
    return {"application/json": {"schema": schema}}


def _responses(each: Operation, schemas: _Schemas) -> Json:
    done: Json = {"description": each.summary}
    if each.answer is not None:
        done["content"] = _content(schemas.of(each.answer))
    by_status: dict[int, list[int]] = {}
    for code in sorted({*each.codes, *EVERYWHERE}):
        by_status.setdefault(CATALOGUE[code][0], []).append(code)
    refused = {str(status): _refusal(codes, schemas) for status, codes in by_status.items()}
    return {str(each.status): done, **refused}


def _refusal(codes: list[int], schemas: _Schemas) -> Json:
    told = ". ".join(f"{code}: {CATALOGUE[code][1]}" for code in codes)
    only = {"properties": {"code": {"enum": codes}}}
    return {
        "description": told,
        "content": _content({"allOf": [schemas.of(ErrorJson), only]}),
    }


def _parameters(each: Operation, schemas: _Schemas) -> list[Json]:
    in_path: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": schemas.of(_PATH_TYPES[name])}
        for name in _IN_PATHS.findall(each.path)
    ]
    return in_path + [_query(parameter, schemas) for parameter in each.query]


def _query(parameter: Parameter, schemas: _Schemas) -> Json:
    schema = schemas.of(parameter.type)
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "schema": schema,
    }


def _operation(each: Operation, schemas: _Schemas) -> Json:
    written: Json = {"operationId": each.name, "summary": each.summary}
    if parameters := _parameters(each, schemas):
        written["parameters"] = parameters
    if each.body is not None:
        written["requestBody"] = {
            "required": each.needed,
            "content": _content(schemas.of(each.body)),
        }
    written["responses"] = _responses(each, schemas)
    written["security"] = [{"controlToken": []}, {"ownPage": []}] if each.changes else []
    return written


@functools.cache
def _whole() -> str:
    schemas = _Schemas(_kinds(OPERATIONS))
    paths: dict[str, Json] = {}
    for each in OPERATIONS:
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each, schemas)
    written = {
        "openapi": "3.1.0",
        "info": {
            "title": "Countersign sandbox: control API",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "securitySchemes": {
                "controlToken": {"type": "apiKey", "in": "header", "name": TOKEN_HEADER},
                "ownPage": {"type": "apiKey", "in": "header", "name": "Origin"},
            },
        },
    }
    # The names that the client has for its types say that they are JSON; here all are.
    return re.sub(r'(\w+)Json"', r'\1"', json.dumps(written, ensure_ascii=False))


def document(base: str) -> Json:
    """Give the document of a sandbox at that address."""
    written: Json = json.loads(_whole())
    return written | {"servers": [{"url": base}]}
