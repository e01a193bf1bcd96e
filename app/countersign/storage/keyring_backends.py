"""The one keyring that belongs to this system, built directly.

`keyring.get_keyring()` would import every backend there is (50 ms), and would hand out whatever
PYTHON_KEYRING_BACKEND, a configuration file or an installed package names, a file of plain text
included. Everything here blocks, imports included: it runs in the store's own thread.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, cast

from countersign.storage.keyring_errors import key_error

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection
    from keyring.backends.SecretService import Keyring as SecretServiceKeyring
    from secretstorage import Collection


class Backend(Protocol):
    """What is used of a backend of `keyring`."""

    def get_password(self, service: str, username: str, /) -> str | None:
        """Return a secret, or None where there is no such entry."""

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """Write an entry, over one that may be there."""

    def delete_password(self, service: str, username: str, /) -> None:
        """Remove an entry; PasswordDeleteError where there is none, or it can't be."""


_SECRET_SERVICE: Final = ("keyring.backends.SecretService", "Keyring")
_NAMES: Final[dict[tuple[str, str], str]] = {
    _SECRET_SERVICE: "the Secret Service",
    ("keyring.backends.kwallet", "DBusKeyring"): "KWallet",
    ("keyring.backends.macOS", "Keyring"): "Keychain",
    ("keyring.backends.Windows", "WinVaultKeyring"): "Credential Manager",
}
# What the programs that offer the Secret Service also call themselves on the bus.
_PROVIDERS: Final[dict[str, str]] = {
    "org.gnome.keyring": "GNOME Keyring",
    "org.kde.kwalletd5": "KWallet",
    "org.kde.kwalletd6": "KWallet",
    "org.kde.secretservicecompat": "KWallet",
    "org.keepassxc.KeePassXC.MainWindow": "KeePassXC",
}
_NAME_TIMEOUT: Final = 2.0


def system_backend() -> Backend:
    """Return this system's keyring; whether it answers is seen when it is used."""
    makers = {"darwin": _keychain, "win32": _credential_manager}
    return makers.get(sys.platform, _secret_service_or_kwallet)()


def require_trusted(backend: Backend) -> Backend:
    """Return a backend that is one of the systems' own; raises KeyStorageError `refused`.

    A list of what is allowed, because nobody can list what isn't; and no subclasses, because a
    subclass may do anything.
    """
    module, name = _kind(backend)
    known = getattr(sys.modules.get(module), name, None)
    if (module, name) not in _NAMES or known is not type(backend):
        raise key_error("refused")
    return backend


def store_name(backend: Backend) -> str:
    """Return what people call the store behind a backend."""
    kind = _kind(backend)
    if kind == _SECRET_SERVICE:
        try:
            return _provider() or _NAMES[kind]
        except Exception:  # noqa: BLE001 - a name is asked for while something else goes wrong
            return _NAMES[kind]
    return _NAMES[kind]


def is_locked(backend: Backend) -> bool | None:
    """Tell whether a Secret Service is locked, by a look at a property; None for other stores.

    One that has no collection yet counts as locked: to make the first one, it asks the user.
    """
    if _kind(backend) != _SECRET_SERVICE:
        return None
    import secretstorage  # noqa: PLC0415 - these systems only
    from keyring.errors import NoKeyringError  # noqa: PLC0415

    path = getattr(backend, "preferred_collection", None)
    try:
        with closing(secretstorage.dbus_init()) as bus:
            if path:
                return bool(secretstorage.Collection(bus, path).is_locked())
            return bool(secretstorage.get_collection_by_alias(bus, "default").is_locked())
    except secretstorage.ItemNotFoundException:
        return True
    except Exception as error:
        raise NoKeyringError from error  # whatever it is, there is no store to be asked


def _kind(backend: Backend) -> tuple[str, str]:
    return type(backend).__module__, type(backend).__qualname__


def _keychain() -> Backend:
    from keyring.backends import macOS  # noqa: PLC0415 - this system only

    backend = macOS.Keyring()  # type: ignore[no-untyped-call]
    backend.keychain = None  # else KEYCHAIN_PATH, which keyring ignores, makes each call warn
    return cast("Backend", backend)


def _credential_manager() -> Backend:
    from keyring.backends import Windows  # noqa: PLC0415 - this system only

    backend = Windows.WinVaultKeyring()  # type: ignore[no-untyped-call]
    backend.persist = "local machine"  # a key never roams to another computer
    return cast("Backend", backend)


def _secret_service_or_kwallet() -> Backend:
    from keyring.backends import SecretService, kwallet  # noqa: PLC0415 - these systems only

    if not SecretService.Keyring.viable and kwallet.DBusKeyring.viable:
        return cast("Backend", kwallet.DBusKeyring())  # type: ignore[no-untyped-call]
    backend = SecretService.Keyring()  # type: ignore[no-untyped-call]
    # On the instance: a subclass would enter keyring's own list of backends.
    vars(backend)["get_preferred_collection"] = partial(_open_collection, backend)
    return cast("Backend", backend)


def _open_collection(backend: SecretServiceKeyring) -> Collection:
    """Do what `get_preferred_collection` does, and close the connection where that fails."""
    import secretstorage  # noqa: PLC0415 - these systems only
    from keyring.errors import NoKeyringError  # noqa: PLC0415

    try:
        bus = secretstorage.dbus_init()
    except Exception as error:
        raise NoKeyringError from error  # whatever it is, there is no bus to be had
    try:
        path = getattr(backend, "preferred_collection", None)  # the user's, from the environment
        collection = secretstorage.Collection(bus, path) if path else _default_collection(bus)
        _unlock(collection)
    except BaseException:
        bus.close()
        raise
    return collection


def _default_collection(bus: DBusConnection) -> Collection:
    """Return the default collection under its own path, made if there is none yet.

    secretstorage would address it by its alias, and that gets garbled in GNOME Keyring (42) when
    two programs do so at once: the call then fails for want of such an object.
    """
    import secretstorage  # noqa: PLC0415 - these systems only

    try:
        return secretstorage.get_collection_by_alias(bus, "default")
    except secretstorage.ItemNotFoundException:
        return secretstorage.get_default_collection(bus)


def _unlock(collection: Collection) -> None:
    from keyring.errors import KeyringLocked  # noqa: PLC0415 - these systems only
    from secretstorage import PromptDismissedException  # noqa: PLC0415

    if not collection.is_locked():
        return
    closed = collection.unlock()
    if collection.is_locked():
        # Without a screen the service has nobody to ask, and says that the question was closed.
        asked = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
        raise PromptDismissedException if closed and asked else KeyringLocked


def _provider() -> str | None:
    """Return the name of the program that offers the Secret Service."""
    import secretstorage  # noqa: PLC0415 - these systems only
    from jeepney import message_bus  # noqa: PLC0415
    from jeepney.io.blocking import Proxy  # noqa: PLC0415
    from secretstorage.util import BUS_NAME  # noqa: PLC0415

    with closing(secretstorage.dbus_init()) as connection:
        bus = Proxy(message_bus, connection, timeout=_NAME_TIMEOUT)
        owner = bus.GetNameOwner(BUS_NAME)
        on_bus = set(bus.ListNames()[0])
        names = (_PROVIDERS[name] for name in _PROVIDERS if name in on_bus)
        owners = (bus.GetNameOwner(name) for name in _PROVIDERS if name in on_bus)
        return dict(zip(owners, names, strict=True)).get(owner)
