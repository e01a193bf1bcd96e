"""Two processes use the same keyring at the same time."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.unit.storage.keys.keys_support import check_signature, public_key_in

if TYPE_CHECKING:
    from countersign.testing.secret_service import PrivateSecretService

PROGRAM = """
import asyncio, sys
from countersign.storage.keyring_store import OsKeyStore

async def main(name):
    store = OsKeyStore("processes")
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(10):
        key_id = f"{name} {number}"
        public_key = await store.create(key_id)
        signature = await store.sign(key_id, key_id.encode())
        print(key_id, public_key.hex(), signature.hex(), sep=",")
        await store.check()
        if number % 2:
            await store.delete(key_id)
    await store.aclose()

asyncio.run(main(sys.argv[1]))
"""


def test_both_get_their_keys(secret_service: PrivateSecretService) -> None:
    processes = [
        subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-W", "error", "-c", PROGRAM, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("left", "right")
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    made: dict[str, bytes] = {}
    for process in processes:
        output, complaints = process.communicate()
        assert (process.returncode, complaints) == (0, "")
        for line in output.splitlines():
            key_id, public_key, signature = line.split(",")
            check_signature(bytes.fromhex(public_key), bytes.fromhex(signature), key_id.encode())
            made[key_id] = bytes.fromhex(public_key)
    kept = {item.attributes["username"]: item.secret for item in secret_service.items()}
    assert set(kept) == {key_id for key_id in made if int(key_id[-1]) % 2 == 0}
    for key_id, secret in kept.items():
        assert public_key_in(secret) == made[key_id]
