"""What a PIN does to the keys of a profile, over a real database and a keyring in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.device.pin import PinError
from countersign.push.errors import KeyStorageError
from tests.unit.storage.keys.keys_support import check_signature, failure_of
from tests.unit.storage.pin.pin_support import OTHER, PIN, Profile, refusal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Coroutine

pytestmark = pytest.mark.anyio


async def works(profile: Profile, key_id: str = "one") -> None:
    """Fail unless a key signs."""
    check_signature(
        await profile.keys.public_key(key_id), await profile.keys.sign(key_id, b"data"), b"data"
    )


def plain(text: str) -> bool:
    return not text.startswith("pin1:")


async def test_without_one_keys_lie_as_they_are(profile: Profile) -> None:
    assert not profile.pin.is_set
    assert all(map(plain, profile.texts()))
    await works(profile)


async def test_choosing_one_wraps_every_key_and_goes_on_working(profile: Profile) -> None:
    before = [await profile.keys.public_key(one) for one in ("one", "two")]
    await profile.pin.choose(PIN)
    assert profile.pin.is_set
    assert not profile.pin.locked
    assert not any(map(plain, profile.texts()))
    assert [await profile.keys.public_key(one) for one in ("one", "two")] == before
    await works(profile)


async def test_a_key_made_later_is_wrapped_too(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    await profile.add("three")
    assert not any(map(plain, profile.texts()))
    await works(profile, "three")


async def test_locked_there_are_no_keys(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    profile.pin.lock()
    assert profile.pin.locked
    for call in (
        profile.keys.sign("one", b"data"),
        profile.keys.public_key("one"),
        profile.keys.create("three"),
    ):
        assert (await failure_of(call)).name == "pin"
    assert len(profile.texts()) == 2


async def test_a_start_begins_locked_and_the_pin_opens_it(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    later = await profile.again()
    assert later.pin.locked
    await later.pin.unlock(PIN)
    await works(later)
    await later.close()


async def test_no_check_stands_between_the_pin_and_the_keys(profile: Profile) -> None:
    """Removing what says "locked" opens nothing: without the master key a text stays wrapped."""
    await profile.pin.choose(PIN)
    later = await profile.again()
    later.keys.seal.clear()  # as if the code knew of no PIN at all
    assert (await failure_of(later.keys.sign("one", b"data"))).name == "pin"
    later.keys.seal.unlock(bytes(32))  # or took any master key
    assert (await failure_of(later.keys.sign("one", b"data"))).name == "gone"
    await later.close()


async def test_locked_between_making_a_key_and_keeping_it_nothing_is_kept_plain(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    await profile.pin.choose(PIN)
    monkeypatch.setattr(profile.keys.seal, "require_open", profile.pin.lock)
    assert (await failure_of(profile.keys.create("three"))).name == "pin"
    assert not any(map(plain, profile.texts()))
    assert len(profile.texts()) == 2


async def test_an_entry_cannot_pose_as_another_one(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    names = list(profile.entries.secrets)
    one, two = (profile.entries.secrets[name] for name in names)
    profile.entries.secrets.update({names[0]: two, names[1]: one})
    assert (await failure_of(profile.keys.sign("one", b"data"))).name == "gone"


async def test_the_pin_itself_is_nowhere(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    await profile.close()
    files = b"".join(one.read_bytes() for one in profile.folder.rglob("*") if one.is_file())
    assert PIN.encode() not in files
    assert not any(PIN in text for text in profile.texts())


async def test_a_wrong_one_opens_nothing_and_says_how_many_are_left(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    profile.pin.lock()
    error = await refusal(profile.pin.unlock(OTHER))
    assert (error.name, error.tries_left) == ("wrong_pin", 4)
    assert error.message == "Wrong PIN. 4 tries left before a pause."
    assert profile.pin.locked


async def test_pauses_grow_and_survive_a_restart(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    for left in (4, 3, 2, 1):
        assert (await refusal(profile.pin.unlock(OTHER))).tries_left == left
    assert (await refusal(profile.pin.unlock(OTHER))).wait == 30
    later = await profile.again()
    later.time += 29
    assert (await refusal(later.pin.unlock(PIN))).wait == 1  # not even the right one
    assert await later.pin.wait() == 1
    later.time += 1
    assert (await refusal(later.pin.unlock(OTHER))).wait == 60
    later.time += 60
    await later.pin.unlock(PIN)
    assert (await refusal(later.pin.confirm(OTHER))).tries_left == 4, "a right one starts anew"
    await later.close()


async def test_setting_the_clock_back_ends_no_pause(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    for _ in range(5):
        await refusal(profile.pin.unlock(OTHER))
    profile.time -= 86_400
    assert (await refusal(profile.pin.unlock(PIN))).wait == 30
    profile.time += 30
    await profile.pin.unlock(PIN)


async def test_each_process_counts_the_same_tries(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    other = Profile(profile.folder, profile.entries)
    await other.open()
    assert (await refusal(profile.pin.confirm(OTHER))).tries_left == 4
    assert (await refusal(other.pin.unlock(OTHER))).tries_left == 3
    await other.close()


async def test_another_process_sees_a_pin_that_was_set_meanwhile(profile: Profile) -> None:
    other = Profile(profile.folder, profile.entries)
    await other.open()
    await profile.pin.choose(PIN)
    assert (await failure_of(other.keys.sign("one", b"data"))).name == "pin"
    assert (await refusal(other.pin.choose(OTHER))).name == "pin_set"
    await other.close()


async def test_a_key_that_another_process_left_plain_is_wrapped_at_the_next_unlocking(
    profile: Profile,
) -> None:
    other = Profile(profile.folder, profile.entries)
    await other.open()
    await profile.pin.choose(PIN)
    await other.add("three")  # it didn't know yet
    await other.close()
    assert any(map(plain, profile.texts()))
    await profile.pin.unlock(PIN)
    assert not any(map(plain, profile.texts()))
    await works(profile, "three")


async def test_changing_it(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    before = profile.texts()
    assert (await refusal(profile.pin.change(OTHER, "another one"))).name == "wrong_pin"
    await profile.pin.change(PIN, OTHER)
    assert profile.texts() == before, "no key is ever there in two forms"
    profile.pin.lock()
    assert (await refusal(profile.pin.unlock(PIN))).name == "wrong_pin"
    await profile.pin.unlock(OTHER)
    await works(profile)


async def test_removing_it(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    assert (await refusal(profile.pin.remove(OTHER))).name == "wrong_pin"
    await profile.pin.remove(PIN)
    assert not profile.pin.is_set
    assert all(map(plain, profile.texts()))
    later = await profile.again()
    assert not later.pin.is_set
    await works(later)
    await later.close()


@pytest.mark.parametrize(
    "pin", ["12345", "", "1" * 65, "111111", "123456", "987654", "a\u200bbcdef"]
)
async def test_some_make_no_pin(profile: Profile, pin: str) -> None:
    assert (await refusal(profile.pin.choose(pin))).name == "weak_pin"
    assert not profile.pin.is_set


async def test_there_is_no_second_first_one(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    assert (await refusal(profile.pin.choose(OTHER))).name == "pin_set"
    await profile.pin.confirm(PIN)


@pytest.mark.parametrize("call", ["change", "remove", "unlock", "confirm"])
async def test_without_one_nothing_can_be_tried(profile: Profile, call: str) -> None:
    pins = (PIN, OTHER) if call == "change" else (PIN,)
    assert (await refusal(getattr(profile.pin, call)(*pins))).name == "no_pin"


async def test_a_forgotten_one_costs_the_accounts_and_nothing_else(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    later = await profile.again()
    await later.pin.forget()
    assert not later.pin.is_set
    assert not later.texts()
    assert not await later.accounts.all()
    assert not await later.accounts.stray_keys()
    await later.add("new")
    await works(later, "new")
    await later.close()


async def test_keys_of_a_store_that_is_locked_then_are_removed_later(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    profile.entries.drop = _refusing
    await profile.pin.forget()
    assert not await profile.accounts.all()
    assert len(await profile.accounts.stray_keys()) == 2


async def test_a_store_that_refuses_leaves_no_pin(profile: Profile) -> None:
    before = dict(profile.entries.secrets)
    refuse_second_write(profile)
    with pytest.raises(KeyStorageError):
        await profile.pin.choose(PIN)
    assert not profile.pin.is_set
    assert profile.entries.secrets == before
    await works(profile)


async def test_a_store_that_refuses_keeps_the_pin_that_was_to_go(profile: Profile) -> None:
    await profile.pin.choose(PIN)
    refuse_second_write(profile)
    with pytest.raises(KeyStorageError):
        await profile.pin.remove(PIN)
    assert profile.pin.is_set
    assert not any(map(plain, profile.texts()))
    await works(profile)


def _refusing(*_what: str) -> None:
    raise OSError


def refuse_second_write(profile: Profile) -> None:
    """Let the keyring refuse its second write from now, and no other."""
    two: list[Callable[..., None]] = [profile.entries.store, _refusing]
    writes = iter(two)

    def put(*what: str) -> None:
        next(writes, profile.entries.store)(*what)

    profile.entries.put = put


class Killed(BaseException):
    """The process ended here."""


def kill_at(profile: Profile, number: int) -> Callable[[], int]:
    """End the process before its write of this number, in the database or in the keyring."""
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if done > number:
            raise Killed

    database = profile.database
    write, write_kept = database.write, database.write_kept

    async def counted(work: Callable[[sqlite3.Connection], object]) -> object:
        count()
        return await write(work)

    async def kept(work: Callable[[sqlite3.Connection], object]) -> object:
        count()
        return await write_kept(work)

    def put(*what: str) -> None:
        count()
        profile.entries.store(*what)

    vars(database).update(write=counted, write_kept=kept)
    profile.entries.put = put
    return lambda: done


FLOWS: dict[str, Callable[[Profile], Coroutine[object, object, None]]] = {
    "choose": lambda profile: profile.pin.choose(PIN),
    "change": lambda profile: profile.pin.change(PIN, OTHER),
    "remove": lambda profile: profile.pin.remove(PIN),
    "unlock": lambda profile: profile.pin.unlock(PIN),
    "forget": lambda profile: profile.pin.forget(),
}


@pytest.mark.parametrize("flow", FLOWS)
async def test_killed_anywhere_each_key_is_there_once_and_a_pin_opens_it(
    profile: Profile, flow: str
) -> None:
    """The steps are counted by a run that is let through: the loop ends when none is left."""
    publics = {one: await profile.keys.public_key(one) for one in ("one", "two")}
    number = 0
    while True:
        copy = await _copy_of(profile, number)
        if flow != "choose":
            await copy.pin.choose(PIN)
        steps = kill_at(copy, number)
        killed = await _killed(FLOWS[flow](copy))
        copy.entries.put = copy.entries.store
        await _check_after(await copy.again(), publics, flow)
        if not killed:
            assert steps() == number
            break
        number += 1
    assert number >= (1 if flow == "unlock" else 2)


async def _killed(call: Coroutine[object, object, None]) -> bool:
    try:
        await call
    except Killed:
        return True
    return False


async def _check_after(later: Profile, publics: dict[str, bytes], flow: str) -> None:
    """See what the next start finds: accounts whose keys open, or none of both."""
    accounts = [account.key_id for account in await later.accounts.all()]
    assert flow == "forget" or set(accounts) == set(publics)
    if later.pin.is_set:
        try:
            await later.pin.unlock(PIN)
        except PinError:
            await later.pin.unlock(OTHER)
    for key_id in accounts:
        assert await later.keys.public_key(key_id) == publics[key_id]
    wrapped = later.pin.is_set
    assert all(plain(text) is not wrapped for text in later.texts() if accounts)
    strays = await later.accounts.stray_keys()
    assert len(later.texts()) <= len(accounts) + len(strays), "no orphan key"
    await later.close()


async def _copy_of(profile: Profile, number: int) -> Profile:
    """Return another profile with the same two keys."""
    from tests.unit.storage.keys.keys_support import Entries  # noqa: PLC0415 - only here

    entries = Entries()
    entries.secrets.update(profile.entries.secrets)
    copy = Profile(profile.folder.with_name(f"copy{number}"), entries)
    await copy.open()
    for account in await profile.accounts.all():
        await copy.accounts.add(account)
    return copy
