"""One window a profile: a second start asks the first one to come to the front.

The socket lies in a folder of this user's alone, and takes nothing but the words listed here.
"""

from __future__ import annotations

import hashlib
import os
import socket
import struct
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from countersign.push.errors import InitializationError

SHOW: Final = b"show\n"
_WORDS: Final = frozenset({SHOW})
_LONGEST: Final = 64
_WAIT: Final = 2000  # milliseconds; a first instance that is alive answers in one


class Instance(QObject):
    """Claims a profile; `shown` asks the one who holds it to show its window."""

    shown = Signal()

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = _folder()
        # Short, since a socket's path may have 108 bytes, and telling nobody the profile's name.
        name = hashlib.sha256(str(profile.resolve()).encode()).hexdigest()[:16]
        self._path = str(folder / name)
        self._lock = QLockFile(f"{self._path}.lock")
        self._lock.setStaleLockTime(0)
        self._peers: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)

    def claim(self) -> bool:
        """Become the one instance, or ask the one that there is to show itself."""
        if not self._lock.tryLock(0):
            self._ask()
            return False
        QLocalServer.removeServer(self._path)  # a crash leaves it, and the lock says that it's ours
        if not self._server.listen(self._path):
            raise InitializationError("no_socket", "Countersign can't open its socket.", self._path)
        return True

    def release(self) -> None:
        """Let another one be the instance."""
        self._server.close()
        self._lock.unlock()

    def _ask(self) -> None:
        peer = QLocalSocket()
        peer.connectToServer(self._path)
        if peer.waitForConnected(_WAIT):
            peer.write(SHOW)
            peer.waitForBytesWritten(_WAIT)
            peer.disconnectFromServer()

    def _accept(self) -> None:
        while self._server.hasPendingConnections():
            peer = self._server.nextPendingConnection()
            if not _same_user(peer):
                peer.abort()
                continue
            self._peers.append(peer)
            peer.readyRead.connect(self._read)
        self._read()  # what came before we listened to it

    def _read(self) -> None:
        """Hear each peer out once: a word, and nothing after it."""
        for peer in [peer for peer in self._peers if peer.bytesAvailable()]:
            said = bytes(peer.read(_LONGEST).data())
            self._peers.remove(peer)
            peer.readyRead.disconnect(self._read)
            peer.abort()
            if said in _WORDS:
                self.shown.emit()


def _folder() -> Path:
    """Return a folder that only this user can enter."""
    runtime = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)
    folder = Path(
        runtime or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.TempLocation)
    )
    folder /= "countersign"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32":
        status = folder.lstat()
        if status.st_uid != os.getuid() or status.st_mode & 0o077:
            raise InitializationError(
                "unsafe_folder", "The folder for Countersign's socket belongs to somebody else."
            )
    return folder


def _same_user(peer: QLocalSocket) -> bool:
    """Tell whether the other end runs as this user, where the system can say (Linux)."""
    if sys.platform != "linux":
        return True  # the folder and UserAccessOption keep others out
    handle = socket.socket(fileno=os.dup(int(peer.socketDescriptor())))
    with handle:
        size = struct.calcsize("3i")
        _, uid, _ = struct.unpack(
            "3i", handle.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
        )
    return bool(uid == os.getuid())
