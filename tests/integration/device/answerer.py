"""A process of its own that answers one request: `answerer.py FOLDER SID PEM [stuck]`.

It opens the request, prints "ready", waits for a line, answers, and prints what came of it. With
`stuck` its password store hangs when the answer is to be signed; it prints "stuck" then.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from typing_extensions import override

from countersign.device.decisions import Answer
from countersign.push.errors import CountersignError
from countersign.push.values import ChallengeStatus
from countersign.testing.keys import MemoryKeyStore
from tests.integration.device.device_support import running

if TYPE_CHECKING:
    from tests.integration.device.device_support import Computer


class _Keys(MemoryKeyStore):
    stuck = False

    @override
    async def sign(self, key_id: str, data: bytes) -> bytes:
        if self.stuck:
            _say("stuck")
            await asyncio.Event().wait()
        return await super().sign(key_id, data)


async def _answer(computer: Computer, sid: str, keys: _Keys, *, stuck: bool) -> str:
    request = await computer.open(sid)
    _say("ready")
    await asyncio.to_thread(sys.stdin.readline)
    keys.stuck = stuck
    try:
        await computer.decisions.answer(request, Answer(ChallengeStatus.APPROVED))
    except CountersignError as error:
        return error.name
    return "approved"


async def _main(folder: str, sid: str, pem: str, *rest: str) -> None:
    key = load_pem_private_key(pem.encode(), None)
    assert isinstance(key, EllipticCurvePrivateKey)
    keys = _Keys()
    async with running(Path(folder), keys) as computer:
        (account,) = await computer.device.accounts.all()
        keys._keys[account.key_id] = key
        _say(await _answer(computer, sid, keys, stuck=bool(rest)))


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
