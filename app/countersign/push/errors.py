"""Everything that can go wrong, in one tree, each with a sentence for the user.

::

    CountersignError
    ├── ApiError               the API answered with an error; its own code, message, more_info
    ├── BackendError           the company's backend answered with an error (60404)
    ├── NetworkError           60401  no answer, or one that can't be trusted
    │   └── AnswerLostError           sent, and whether it arrived isn't known
    ├── MappingError           60402  an answer that isn't what the protocol says
    ├── StorageError           60403  the disk, the database, a setting
    ├── InputError             60404  something that the user or a link gave
    ├── KeyStorageError        60405  the password store (the command line's exit status 3)
    ├── InitializationError    60406  the app can't start
    └── TokenError             60407  a device token can't be made, or the clock is unusable

Codes 60401 to 60407 are those by which Twilio's device SDKs name their own failures. `name` is
stable: scripts, tests and translations key on it; sentences may be reworded at any time.
"""

from __future__ import annotations

from typing import ClassVar


class CountersignError(Exception):
    """A failure that has a sentence for the user.

    `message` says what happened, `hint` what the user can do (may be empty). Neither ever holds
    a secret: they are printed, logged and copied into reports.
    """

    default_code: ClassVar[int] = 0

    def __init__(self, name: str, message: str, hint: str = "", *, code: int | None = None) -> None:
        super().__init__(message)
        self.name = name
        self.message = message
        self.hint = hint
        self.code = self.default_code if code is None else code


class ApiError(CountersignError):
    """The Verify API refused a request; `code`, `detail` and `more_info` are its own words.

    `retry_after` is in seconds, from now, where the service gave one.
    """

    def __init__(  # noqa: PLR0913 - a plain record of what the API said
        self,
        name: str,
        message: str,
        hint: str = "",
        *,
        code: int,
        status: int,
        detail: str = "",
        more_info: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(name, message, hint, code=code)
        self.status = status
        self.detail = detail
        self.more_info = more_info
        self.retry_after = retry_after


class NetworkError(CountersignError):
    """No usable answer, and nothing was done at the other end, unless a subclass says so."""

    default_code = 60401


class AnswerLostError(NetworkError):
    """The request may have been sent, and no answer arrived: its fate is unknown."""


class MappingError(CountersignError):
    """An answer that doesn't follow the protocol; nothing of it was used."""

    default_code = 60402


class StorageError(CountersignError):
    """This computer couldn't keep or read what it must."""

    default_code = 60403


class InputError(CountersignError):
    """Something that the user, a link or a script gave can't be used."""

    default_code = 60404


class BackendError(CountersignError):
    """The company's backend refused to hand out an access token; `status` is its HTTP status."""

    default_code = 60404

    def __init__(self, name: str, message: str, hint: str = "", *, status: int) -> None:
        super().__init__(name, message, hint)
        self.status = status


class KeyStorageError(CountersignError):
    """The password store can't be used, or no longer has the key."""

    default_code = 60405


class InitializationError(CountersignError):
    """The app itself can't start: a part is missing, or its data belongs to a newer version."""

    default_code = 60406


class TokenError(CountersignError):
    """A device token can't be made or is of no use, the clock being the usual reason."""

    default_code = 60407
