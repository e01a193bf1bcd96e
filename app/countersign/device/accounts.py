"""Changing and removing accounts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from countersign.device.enrolment import checked_name
from countersign.device.records import Mode
from countersign.device.silent.address import checked_template
from countersign.push.errors import CountersignError, InputError, KeyStorageError

if TYPE_CHECKING:
    from countersign.device.device import Device
    from countersign.device.records import Account


async def get(device: Device, factor_sid: str) -> Account:
    """Return an account; raises InputError where this computer has none of that sid."""
    account = await device.accounts.get(factor_sid)
    if account is None:
        raise InputError(
            "no_such_account",
            "No account on this computer has this sid.",
            "See: countersign accounts",
        )
    return account


async def rename(device: Device, account: Account, name: str) -> Account:
    """Change the computer's name at the company, there first, and return what it says."""
    name = checked_name(name)
    async with device.speaking_for(account) as client:
        factor = await client.rename(name)
    latest = await device.accounts.get(account.sid) or account
    renamed = replace(latest, friendly_name=factor.friendly_name)
    await device.accounts.update(renamed)
    return renamed


async def relabel(device: Device, account: Account, label: str) -> Account:
    """Change the account's local name."""
    label = checked_name(label)
    latest = await device.accounts.get(account.sid) or account
    labelled = replace(latest, label=label)
    await device.accounts.update(labelled)
    return labelled


async def set_sign_in_address(device: Device, account: Account, address: str) -> Account:
    """Change where the user's sign-ins start; empty for nowhere. Raises InputError."""
    address = checked_template(address, account.api_url) if address.strip() else ""
    latest = await device.accounts.get(account.sid) or account
    changed = replace(latest, sign_in_address=address)
    await device.accounts.update(changed)
    return changed


async def allow_silent(device: Device, account: Account, mode: Mode, *, allowed: bool) -> Account:
    """Let a way of silent approval be turned on for an account, or no longer."""
    latest = await device.accounts.get(account.sid) or account
    if mode is Mode.SILENT_SIGN_IN:
        changed = replace(latest, silent_sign_in=allowed)
    else:
        changed = replace(latest, silent_everything=allowed)
    await device.accounts.update(changed)
    return changed


async def remove(device: Device, account: Account, *, local_only: bool = False) -> bool:
    """Remove an account and its key; returns whether the service has removed its factor too.

    The service goes first: where it can't be asked, or refuses, nothing is removed here, for
    nobody could remove it there later. Then the record goes, and the key last, so that a crash
    in between leaves a stray key that is noted, never a record without a key.
    """
    if not local_only:
        try:
            async with device.speaking_for(account) as client:
                await client.delete()
        except KeyStorageError as error:
            raise _key_unusable(error, account) from error
        except CountersignError as error:
            error.hint = _only_here(account)
            raise
    await device.accounts.remove(account)
    try:
        await device.keys.delete(account.key_id)
    except KeyStorageError:
        return not local_only  # noted as a stray key: the next start removes it
    await device.accounts.forget_key(account.key_id)
    return not local_only


def _key_unusable(error: KeyStorageError, account: Account) -> KeyStorageError:
    return KeyStorageError(
        error.name,
        error.message,
        _only_here(account),
    )


def _only_here(account: Account) -> str:
    return f"Nothing was removed. Only here: countersign remove {account.sid} --local-only"
