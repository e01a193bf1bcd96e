"""Adding an account: key, permission, registration, check; each may fail, and none leaves litter.

The key comes first: the permission may live for 60 s, and a password store may ask the user. A
key that isn't in the store is never enrolled; one whose account never came to be is removed; an
account that was created and not checked is kept, to be finished later or removed.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from countersign.device.identity import checked_identity, computer_name, metadata
from countersign.device.key_ids import new_key_id
from countersign.device.policy import check_addresses
from countersign.device.records import Account
from countersign.push.address import DEFAULT_API_URL, checked_api_url, checked_url, host_of
from countersign.push.api_errors import SIGN_IN_FIRST
from countersign.push.backend import fetch_access_token
from countersign.push.create import MAX_FRIENDLY_NAME, NewFactor, create_factor
from countersign.push.errors import (
    AnswerLostError,
    ApiError,
    CountersignError,
    InputError,
    MappingError,
    StorageError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from countersign.device.device import Device
    from countersign.push.backend import AccessToken
    from countersign.push.values import Factor

_MAX_LABEL: Final = 64
_NO_LONGER_THERE: Final = frozenset({401, 404})


class Step(enum.Enum):
    """The steps, in order, as the user is shown them."""

    KEY = "Making a key on this computer"
    PERMISSION = "Asking {host} for permission"
    REGISTER = "Registering this computer"
    CHECK = "Checking that it works"


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """What the user (or a link that he opened) gave.

    `code` and `headers` go to the backend alone and may be secret. `api_url` is the user's own
    choice; without it a loopback backend's word counts, then the default. `hardware`: the key is
    to be made in this computer's TPM, and never leaves it.
    """

    backend_url: str
    identity: str
    friendly_name: str = ""
    label: str = ""
    code: str | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    api_url: str | None = None
    hardware: bool = False


class UnfinishedError(CountersignError):
    """The account exists at the service but isn't checked; it is kept and can be finished.

    `cause` is what stopped the check.
    """

    default_code = 60311

    def __init__(self, account: Account, cause: CountersignError) -> None:
        super().__init__(
            "unfinished",
            f"Almost done: the last check failed. {cause.message}",
            f"Finish it later: countersign enroll --resume {account.sid}",
            code=cause.code,
        )
        self.account = account
        self.cause = cause


async def enrol(
    device: Device,
    request: EnrolmentRequest,
    on_step: Callable[[Step], None] = lambda _: None,
    on_api: Callable[[str], None] = lambda _: None,
) -> Account:
    """Add an account and return it verified.

    `on_api` hears the API's address before anything is sent there: a backend on this very computer
    may name one (design §5), and the user is to see it.

    Raises InputError and PolicyError before anything is made, PolicyError also where the backend
    names an API that the company doesn't allow, UnfinishedError where only the check is missing,
    and KeyStorageError, StorageError, BackendError, ApiError, NetworkError or MappingError where
    nothing of it stays on this computer.
    """
    request = _checked(request)
    if request.hardware and not device.hardware:
        raise InputError(
            "no_tpm", "This computer has no TPM that Countersign can use.", "Add it without."
        )
    check_addresses(device.policy, request.backend_url, request.api_url)
    account = await _create(device, request, on_step, on_api)
    on_step(Step.CHECK)
    return await finish(device, account)


async def finish(device: Device, account: Account) -> Account:
    """Do the last step again; raises UnfinishedError where it may still work out later.

    Raises InputError where the service has forgotten the account: it does so within 1 to 24
    hours with one that was never checked. Raises PolicyError where the company doesn't allow it.
    """
    check_addresses(device.policy, account.backend_url, account.api_url)
    try:
        async with device.speaking_for(account) as client:
            factor = await client.verify()
    except ApiError as error:
        if error.status in _NO_LONGER_THERE:
            raise InputError(
                "too_late", "Too late to finish. Add it again.", "Remove the account first."
            ) from error
        raise UnfinishedError(account, error) from error
    except CountersignError as error:
        raise UnfinishedError(account, error) from error
    latest = await device.accounts.get(account.sid) or account
    verified = replace(latest, status=factor.status)
    await device.accounts.update(verified)
    return verified


def _checked(request: EnrolmentRequest) -> EnrolmentRequest:
    backend_url = checked_url(request.backend_url)
    return replace(
        request,
        backend_url=backend_url,
        identity=checked_identity(request.identity),
        friendly_name=checked_name(request.friendly_name or computer_name(), MAX_FRIENDLY_NAME),
        label=checked_name(request.label or host_of(backend_url)[:_MAX_LABEL], _MAX_LABEL),
        api_url=None if request.api_url is None else checked_api_url(request.api_url),
    )


def checked_name(text: str, limit: int = MAX_FRIENDLY_NAME) -> str:
    """Return a name that can be kept and shown; raises InputError."""
    if not 0 < len(text.strip()) <= limit or not text.isprintable():
        raise InputError("bad_name", f"A name has 1 to {limit} visible characters.")
    return text.strip()


async def _create(
    device: Device,
    request: EnrolmentRequest,
    on_step: Callable[[Step], None],
    on_api: Callable[[str], None],
) -> Account:
    key_id = new_key_id(hardware=request.hardware)
    await device.accounts.note_key(key_id)  # from here on, a crash leaves a note of the key
    try:
        on_step(Step.KEY)
        public_key = await device.keys.create(key_id)
        on_step(Step.PERMISSION)
        token = await _permission(device, request)
        api_url = request.api_url or token.api_url or DEFAULT_API_URL
        check_addresses(device.policy, request.backend_url, api_url)
        on_api(api_url)
        on_step(Step.REGISTER)
        new = NewFactor(request.friendly_name, public_key, metadata())
        factor = await _register(device, api_url, token, new)
        account = _account(request, factor, key_id, api_url)
    except BaseException:
        await _remove_key(device, key_id)
        raise
    try:
        await _keep(device, account)
    except Exception:  # not when cancelled: the account may have been kept all the same
        await _remove_key(device, key_id)
        raise
    return account


async def _permission(device: Device, request: EnrolmentRequest) -> AccessToken:
    return await fetch_access_token(
        device.http,
        request.backend_url,
        request.identity,
        code=request.code,
        headers=request.headers,
    )


async def _register(device: Device, api_url: str, token: AccessToken, new: NewFactor) -> Factor:
    try:
        return await create_factor(device.http, api_url, token, new)
    except (AnswerLostError, MappingError) as error:
        raise _maybe_registered(error, host_of(api_url)) from error


async def _keep(device: Device, account: Account) -> None:
    try:
        await device.accounts.add(account)
    except StorageError:
        # Without a record nobody could ever use or remove it: take it back while the key is here.
        try:
            async with device.speaking_for(account) as client:
                await client.delete()
        except CountersignError as error:
            raise StorageError(
                "spare_entry",
                "Can't save on this computer: the disk is full or read-only. "
                "A spare entry for this computer may stay at your company.",
                "Make room on the disk and try again.",
            ) from error
        raise


async def _remove_key(device: Device, key_id: str) -> None:
    try:
        await device.keys.delete(key_id)
        await device.accounts.forget_key(key_id)
    except CountersignError:
        return  # the note of the key stays, and the next start removes it


def _account(request: EnrolmentRequest, factor: Factor, key_id: str, api_url: str) -> Account:
    return Account(
        sid=factor.sid,
        account_sid=factor.account_sid,
        service_sid=factor.service_sid,
        entity_sid=factor.entity_sid,
        identity=factor.identity,
        friendly_name=factor.friendly_name,
        label=request.label,
        status=factor.status,
        credential_sid=factor.credential_sid or "",  # create_factor has made sure that there is one
        key_id=key_id,
        api_url=api_url,
        backend_url=request.backend_url,
        date_created=factor.date_created,
    )


def _maybe_registered(error: CountersignError, host: str) -> CountersignError:
    kind = AnswerLostError if isinstance(error, AnswerLostError) else MappingError
    if kind is AnswerLostError and error.name != SIGN_IN_FIRST:
        return AnswerLostError(
            "maybe_registered",
            f"We don't know if {host} registered this computer. If it did, a spare entry may stay "
            "there. Nothing is kept here.",
            "Try again.",
        )
    return kind(
        error.name,
        f"{error.message} A spare entry may stay there. Nothing is kept here.",
        error.hint or "Tell whoever gave you this account.",
    )
