"""Holds calls of the control API to its own OpenAPI document."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from openapi_schema_validator import OAS31Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

Json = dict[str, Any]
_OPEN = {"RunBody", "ExportedBody"}
"""A replay is given whole what an export gave, and reads a part."""


@dataclass(frozen=True)
class Documented:
    """One operation of a document."""

    method: str
    path: str
    json: Json

    @property
    def id(self) -> str:
        """Method and path, as the documentation writes them."""
        return f"{self.method} {self.path}"

    def is_of(self, method: str, path: str) -> bool:
        """Tell whether that request is one of it."""
        pattern = re.sub(r"{\w+}", "[^/]+", self.path)
        return method == self.method and re.fullmatch(pattern, path) is not None

    def codes(self) -> set[tuple[int, int]]:
        """Give each status and code that it may be refused with."""
        return {
            (int(status), code)
            for status, response in self.json["responses"].items()
            if int(status) >= 400
            for code in response["content"]["application/json"]["schema"]["allOf"][1]["properties"][
                "code"
            ]["enum"]
        }


def documented(document: Json) -> Iterator[Documented]:
    """Give all operations."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield Documented(method.upper(), path, operation)


@dataclass
class Judge:
    """Checks requests and answers; a member that the document doesn't know is a mistake, too."""

    document: Json
    called: set[str] = field(default_factory=set)
    """The operations that answered as they should, one with an error not among them."""

    def __post_init__(self) -> None:
        self.strict = copy.deepcopy(self.document)
        for name, schema in self.strict["components"]["schemas"].items():
            if "properties" in schema and name not in _OPEN:
                schema["additionalProperties"] = False

    def operation(self, method: str, path: str) -> Documented:
        """Find what a request is."""
        found = [each for each in documented(self.strict) if each.is_of(method, path)]
        # /control/deliveries/{id} is not /control/deliveries; no path here is two operations.
        assert len(found) == 1, (method, path)
        return found[0]

    def check(self, schema: Json, value: object) -> None:
        """Raise where the value isn't what the schema says."""
        OAS31Validator(schema | {"components": self.strict["components"]}).validate(value)

    def note(self, response: httpx.Response) -> None:
        """Hold a call to the document."""
        request = response.request
        path = request.url.raw_path.decode().partition("?")[0]
        operation = self.operation(request.method, path)
        answer = operation.json["responses"][str(response.status_code)]
        if "content" in answer:
            assert response.headers["content-type"] == "application/json"
            self.check(answer["content"]["application/json"]["schema"], response.json())
        else:
            assert response.content == b""
        if response.is_success:
            self._note_request(operation, request)
            self.called.add(operation.id)

    def _note_request(self, operation: Documented, request: httpx.Request) -> None:
        known = {each["name"]: each for each in operation.json.get("parameters", [])}
        for name, value in request.url.params.items():
            number = known[name]["schema"].get("type") == "integer"
            self.check(known[name]["schema"], int(value) if number else value)
        body = operation.json.get("requestBody")
        if request.content:
            assert body is not None, operation.id
            self.check(body["content"]["application/json"]["schema"], json.loads(request.content))
        else:
            assert body is None or not body["required"], operation.id
