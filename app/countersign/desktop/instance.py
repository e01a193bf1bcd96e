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
from urllib.parse import quote

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from countersign.push.errors import InitializationError

SHOW: Final = b"show\n"
_LINK: Final = b"link "
_SCHEME: Final = "countersign:"
_LONGEST: Final = 4096 + len(_LINK) + 1
"""Bytes of what a peer may say: the longest link that can be read, and what goes around it."""
_AS_IT_IS: Final = "".join(map(chr, range(0x20, 0x7F)))
_WAIT: Final = 2000  # milliseconds; a first instance that is alive answers in one


class Instance(QObject):
    """Claims a profile; `shown` asks the one who holds it to show its window.

    `linked` brings a `countersign:` link that a second start was given, after `shown`. It is text
    from outside: whoever follows it parses it.
    """

    shown = Signal()
    linked = Signal(str)

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = _folder()
        # Short, since a socket's path may have 108 bytes, and telling nobody the profile's name.
        name = hashlib.sha256(str(profile.resolve()).encode()).hexdigest()[:16]
        self._path = str(folder / name)
        self._lock = QLockFile(f"{self._path}.lock")
        self._lock.setStaleLockTime(0)
        self._peers: dict[QLocalSocket, bytes] = {}
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)

    def claim(self, link: str = "") -> bool:
        """Become the one instance, or ask the one that there is to show itself, and its link."""
        if not self._lock.tryLock(0):
            self._ask(link)
            return False
        Path(f"{self._path}.lock").chmod(0o600)  # Qt makes it as the umask has it
        QLocalServer.removeServer(self._path)  # a crash leaves it, and the lock says that it's ours
        if not self._server.listen(self._path):
            raise InitializationError("no_socket", "Countersign can't open its socket.", self._path)
        return True

    def release(self) -> None:
        """Let another one be the instance."""
        self._server.close()
        self._lock.unlock()

    def _ask(self, link: str) -> None:
        peer = QLocalSocket()
        peer.connectToServer(self._path)
        if peer.waitForConnected(_WAIT):
            peer.write(_said(link) if link else SHOW)
            peer.waitForBytesWritten(_WAIT)
            peer.disconnectFromServer()

    def _accept(self) -> None:
        while self._server.hasPendingConnections():
            peer = self._server.nextPendingConnection()
            if not _same_user(peer):
                peer.abort()
                continue
            self._peers[peer] = b""
            peer.readyRead.connect(self._read)
            peer.disconnected.connect(self._read)
        self._read()  # what came before we listened to it

    def _read(self) -> None:
        """Hear each peer out once: a line, and nothing after it."""
        for peer, before in list(self._peers.items()):
            said = before + bytes(peer.read(_LONGEST).data())
            gone = peer.state() is QLocalSocket.LocalSocketState.UnconnectedState
            if gone or b"\n" in said or len(said) > _LONGEST:
                del self._peers[peer]
                peer.disconnect(self)
                peer.abort()
                self._heed(said)
            else:
                self._peers[peer] = said

    def _heed(self, said: bytes) -> None:
        link = _link(said)
        if said == SHOW or link:
            self.shown.emit()
        if link:
            self.linked.emit(link)


def _said(link: str) -> bytes:
    """Write a link for the socket; one that can't go through it is told as the broken one it is."""
    text = quote(link.strip(), safe=_AS_IT_IS, errors="replace")
    said = _LINK + text.encode("ascii") + b"\n"
    return said if _link(said) else _LINK + _SCHEME.encode() + b"\n"


def _link(said: bytes) -> str:
    """Return the link in what a peer said; nothing where it isn't wholly that."""
    text = said.removeprefix(_LINK).removesuffix(b"\n").decode("ascii", "replace")
    whole = said.startswith(_LINK) and said.endswith(b"\n") and len(said) <= _LONGEST
    sound = text.isascii() and text.isprintable()
    return text if whole and sound and text.lower().startswith(_SCHEME) else ""


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
