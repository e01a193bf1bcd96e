"""What the service refuses, in Twilio's shape (protocol 4)."""

from __future__ import annotations

from typing import Final

CATALOGUE: Final[dict[int, tuple[int, str]]] = {
    20003: (401, "Authenticate"),
    20004: (405, "Method not allowed"),
    20403: (403, "Forbidden"),
    20404: (404, "The requested resource was not found"),
    20500: (500, "Internal server error"),
    60300: (400, "Invalid parameter"),
    60301: (409, "Entity already exists"),
    60305: (400, "Access Token parameters are invalid"),
    60306: (400, "Invalid request"),
    60307: (400, "The factor's device takes no notifications"),
    60309: (429, "A challenge can have 3 notifications at most"),
    60311: (403, "Factor verification failed"),
    60313: (403, "Unauthorized factor creation"),
    60314: (400, "Factor binding format is invalid"),
    60315: (400, "An entity can have 20 push factors at most"),
    60317: (409, "Factor already exists"),
    60318: (403, "Factor is unverified"),
    60322: (403, "Challenge has already been responded to"),
    60323: (403, "Challenge has expired"),
    60324: (403, "Challenge verification failed"),
    60326: (429, "Too many factors were created for this entity today"),
    60330: (400, "Webhook failed"),
    60373: (400, "Page size is invalid"),
    60374: (400, "Page token is invalid"),
}
"""HTTP status and default sentence of each code that the sandbox answers with."""


class ApiError(Exception):
    """A refusal. `message` replaces the code's default sentence; it never holds a secret."""

    def __init__(self, code: int, message: str | None = None) -> None:
        status, default = CATALOGUE[code]
        super().__init__(message or default)
        self.code = code
        self.status = status
        self.message = message or default

    def body(self) -> dict[str, object]:
        """Give the response body of protocol 4."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


class SandboxError(Exception):
    """The sandbox can't start or can't be reached; the message is a sentence for the user."""
