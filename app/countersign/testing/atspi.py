"""Reads a program's controls from outside, as a screen reader does: AT-SPI over D-Bus.

Only what a test asks for: who is there, what it is called, where it lies, what it says, and
pressing it. Written on jeepney, which keyring brings on Linux, so that no library of the
system's Python is needed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

    from jeepney import Message
    from jeepney.io.blocking import DBusConnection

_ROOT: Final = "/org/a11y/atspi/accessible/root"
_NULL: Final = "/org/a11y/atspi/null"
_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
_COMPONENT: Final = "org.a11y.atspi.Component"
_ACTION: Final = "org.a11y.atspi.Action"
_TEXT: Final = "org.a11y.atspi.Text"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_REGISTRY: Final = "org.a11y.atspi.Registry"
_TIMEOUT: Final = 20.0
_AT_ONCE: Final = 100  # questions before the first answer is read: no pipe fills up
_ON_SCREEN: Final = 0  # of the two systems of coordinates, the screen's

# Of the states in atspi-constants.h those that matter here, by their numbers.
_STATES: Final = {
    4: "checked",
    8: "enabled",
    11: "focusable",
    12: "focused",
    23: "selected",
    25: "showing",
    30: "visible",
}

Node = tuple[str, str]
"""A control's address: the program's name on the bus, and a path."""


@dataclass(frozen=True)
class Control:
    """A control as it was when asked; `object_name` is Qt's, the last part of its accessible id."""

    node: Node
    object_name: str
    name: str
    role: str
    states: frozenset[str]

    @property
    def usable(self) -> bool:
        """Whether a user could use it now."""
        return {"showing", "enabled"} <= self.states


class Atspi:
    """A connection to the accessibility bus; close it, or use it in a `with` block."""

    def __init__(self, address: str) -> None:
        from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415 - Linux only

        self._connection: DBusConnection = open_dbus_connection(bus=address, auth_timeout=_TIMEOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def controls(self, process: int) -> list[Control]:
        """Return all controls of a process, hidden ones too, parents first; none if it has none.

        What vanishes while it is asked is left out.
        """
        found: list[Control] = []
        level = [(node, True) for node in self._programs() if self._process(node) == process]
        while level:
            answers = self._ask([question for node, _ in level for question in _questions(node)])
            below: list[tuple[Node, bool]] = []
            for number, (node, shown) in enumerate(level):
                control, children = _control(node, answers[number * 5 : number * 5 + 5])
                if control is None:
                    continue
                if not shown:  # Qt calls the rows of a hidden list shown
                    control = replace(control, states=control.states - {"showing"})
                found.append(control)
                inside = "showing" in control.states or control.role == "application"
                below += [(child, inside) for child in children]
            level = below
        return found

    def place(self, control: Control) -> tuple[int, int, int, int] | None:
        """Return where it lies on the screen: left, top, width and height; None if it is gone."""
        (answer,) = self._ask([_call(control.node, _COMPONENT, "GetExtents", "u", _ON_SCREEN)])
        return None if answer is None else answer[0]

    def text(self, control: Control) -> str:
        """Return what a field holds."""
        (answer,) = self._ask([_call(control.node, _TEXT, "GetText", "ii", 0, -1)])
        return "" if answer is None else str(answer[0])

    def actions(self, control: Control) -> list[str]:
        """Return the names of what can be done with a control, in the order of their numbers."""
        (count,) = self._ask([_get(control.node, _ACTION, "NActions")])
        numbers = range(count[0][1] if count else 0)
        answers = self._ask(
            [_call(control.node, _ACTION, "GetName", "i", each) for each in numbers]
        )
        return [str(answer[0]) for answer in answers if answer is not None]

    def act(self, control: Control, action: str) -> bool:
        """Do it; tells whether the program took it."""
        number = self.actions(control).index(action)
        (answer,) = self._ask([_call(control.node, _ACTION, "DoAction", "i", number)])
        return bool(answer and answer[0])

    def _programs(self) -> list[Node]:
        (answer,) = self._ask([_call((_REGISTRY, _ROOT), _ACCESSIBLE, "GetChildren")])
        return [] if answer is None else _nodes(answer[0])

    def _process(self, node: Node) -> int | None:
        from jeepney import message_bus  # noqa: PLC0415 - as above

        (answer,) = self._ask([message_bus.GetConnectionUnixProcessID(node[0])])
        return None if answer is None else int(answer[0])

    def _ask(self, messages: Sequence[Message]) -> list[Any | None]:
        """Send many questions and return the answers in their order; None for a refusal."""
        answers: list[Any | None] = []
        for start in range(0, len(messages), _AT_ONCE):
            answers += self._ask_some(messages[start : start + _AT_ONCE])
        return answers

    def _ask_some(self, messages: Sequence[Message]) -> list[Any | None]:
        from jeepney import HeaderFields, MessageType  # noqa: PLC0415 - as above

        order: dict[int, int] = {}
        for number, message in enumerate(messages):
            serial = next(self._connection.outgoing_serial)
            self._connection.send(message, serial=serial)
            order[serial] = number
        answers: list[Any | None] = [None] * len(messages)
        while order:
            reply = self._connection.receive(timeout=_TIMEOUT)
            answered = order.pop(reply.header.fields.get(HeaderFields.reply_serial, -1), None)
            if answered is not None and reply.header.message_type is MessageType.method_return:
                answers[answered] = reply.body
        return answers


def _call(node: Node, interface: str, method: str, signature: str = "", *body: object) -> Message:
    from jeepney import DBusAddress, new_method_call  # noqa: PLC0415 - as above

    target = DBusAddress(node[1], bus_name=node[0], interface=interface)
    return new_method_call(target, method, signature or None, body)


def _get(node: Node, interface: str, name: str) -> Message:
    return _call(node, _PROPERTIES, "Get", "ss", interface, name)


def _questions(node: Node) -> tuple[Message, ...]:
    return (
        _get(node, _ACCESSIBLE, "Name"),
        _get(node, _ACCESSIBLE, "AccessibleId"),
        _call(node, _ACCESSIBLE, "GetRoleName"),
        _call(node, _ACCESSIBLE, "GetState"),
        _call(node, _ACCESSIBLE, "GetChildren"),
    )


def _control(node: Node, answers: Sequence[Any | None]) -> tuple[Control | None, list[Node]]:
    """Make a control and its children's addresses of the answers to `_questions`."""
    name, ident, role, states, children = answers
    if name is None or role is None or states is None:
        return None, []
    control = Control(
        node=node,
        object_name=str(ident[0][1]).rpartition(".")[2] if ident else "",
        name=str(name[0][1]),
        role=str(role[0]),
        states=_states(states[0]),
    )
    return control, _nodes(children[0]) if children else []


def _nodes(children: Iterable[Sequence[str]]) -> list[Node]:
    return [(bus, path) for bus, path in children if path != _NULL]


def _states(words: Sequence[int]) -> frozenset[str]:
    bits = words[0] | words[1] << 32
    return frozenset(name for number, name in _STATES.items() if bits >> number & 1)
