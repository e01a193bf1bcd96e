"""What `PrivateSecretService` says over D-Bus. Each call is a connection of its own."""

import contextlib
import time
from collections.abc import Iterator
from typing import Any

# jeepney comes with keyring, on Linux only: it is imported where it is used.

_NAME = "org.freedesktop.secrets"
_SERVICE_PATH = "/org/freedesktop/secrets"
_SERVICE = "org.freedesktop.Secret.Service"
_COLLECTION = "org.freedesktop.Secret.Collection"
_ITEM = "org.freedesktop.Secret.Item"
_INTERNAL = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"
_LOGIN = f"{_SERVICE_PATH}/collection/login"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_REPLY_TIMEOUT = 10.0


class _Client:
    """One connection to the bus at an address."""

    def __init__(self, address: str) -> None:
        from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415 - Linux only

        self.connection = open_dbus_connection(bus=address, auth_timeout=_REPLY_TIMEOUT)

    def call(self, path: str, method: str, signature: str | None = None, *body: object) -> Any:  # noqa: ANN401 - as D-Bus has it
        """Call `interface.Method` of the Secret Service; the reply's values as a tuple."""
        from jeepney import DBusAddress, new_method_call  # noqa: PLC0415 - Linux only
        from jeepney.wrappers import unwrap_msg  # noqa: PLC0415

        interface, _, name = method.rpartition(".")
        target = DBusAddress(path, bus_name=_NAME, interface=interface)
        message = new_method_call(target, name, signature, body)
        return unwrap_msg(self.connection.send_and_get_reply(message, timeout=_REPLY_TIMEOUT))

    def get(self, path: str, interface: str, name: str) -> Any:  # noqa: ANN401 - a variant
        """Read one property."""
        ((_, value),) = self.call(path, f"{_PROPERTIES}.Get", "ss", interface, name)
        return value

    def plain_session(self) -> str:
        """Open a session in which secrets travel as they are: the bus is private."""
        _, path = self.call(_SERVICE_PATH, f"{_SERVICE}.OpenSession", "sv", "plain", ("s", ""))
        return str(path)


@contextlib.contextmanager
def _client(address: str) -> Iterator[_Client]:
    client = _Client(address)
    with contextlib.closing(client.connection):
        yield client


def lock(address: str) -> None:
    """Lock the login collection."""
    with _client(address) as client:
        client.call(_SERVICE_PATH, f"{_SERVICE}.Lock", "ao", [_LOGIN])


def unlock(address: str, password: bytes) -> None:
    """Unlock the login collection with its password.

    The daemon's `--unlock` would say that it did and not do it; only this call does.
    """
    with _client(address) as client:
        secret = (client.plain_session(), b"", password, "text/plain")
        method = f"{_INTERNAL}.UnlockWithMasterPassword"
        client.call(_SERVICE_PATH, method, "o(oayays)", _LOGIN, secret)


def read_items(address: str) -> list[tuple[dict[str, str], str, bytes]]:
    """Attributes, label and secret of each item in the login collection."""
    with _client(address) as client:
        session = client.plain_session()
        found = []
        for path in client.get(_LOGIN, _COLLECTION, "Items"):
            attributes = client.get(path, _ITEM, "Attributes")
            label = client.get(path, _ITEM, "Label")
            ((_, _, secret, _),) = client.call(path, f"{_ITEM}.GetSecret", "o", session)
            found.append((dict(attributes), str(label), bytes(secret)))
        return found


def delete_items(address: str) -> None:
    """Delete each item of the login collection, which must be unlocked."""
    with _client(address) as client:
        for path in client.get(_LOGIN, _COLLECTION, "Items"):
            client.call(path, f"{_ITEM}.Delete")


def login_is_open(address: str) -> bool:
    """Whether the login collection is there and unlocked."""
    with _client(address) as client:
        collections = client.get(_SERVICE_PATH, _SERVICE, "Collections")
        return _LOGIN in collections and not client.get(_LOGIN, _COLLECTION, "Locked")


def wait_for_name(address: str, *, owned: bool, timeout: float) -> bool:
    """Wait until the bus has a Secret Service, or has none; False if it takes too long."""
    from jeepney import MatchRule, message_bus  # noqa: PLC0415 - Linux only
    from jeepney.io.blocking import Proxy  # noqa: PLC0415

    deadline = time.monotonic() + timeout
    rule = MatchRule(type="signal", interface=message_bus.interface, member="NameOwnerChanged")
    with _client(address) as client, client.connection.filter(rule, bufsize=64) as changes:
        daemon = Proxy(message_bus, client.connection, timeout=_REPLY_TIMEOUT)
        daemon.AddMatch(rule)
        try:
            while bool(daemon.NameHasOwner(_NAME)[0]) is not owned:
                left = max(0.0, deadline - time.monotonic())
                client.connection.recv_until_filtered(changes, timeout=left)
        except TimeoutError:
            return False
    return True
