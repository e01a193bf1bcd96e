"""What the user reads when adding an account fails, and what can be done then.

Keyed by the errors' stable names: the sentences of `push` and `device` are for the command line,
in English; these are the window's, to be translated. A name that isn't here falls back on them.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from countersign.desktop.language.errors import hint_of, message_of
from countersign.desktop.language.support import support
from countersign.device.enrolment import Step, UnfinishedError
from countersign.device.policy import PolicyError
from countersign.push.errors import ApiError, BackendError, InputError, MappingError

if TYPE_CHECKING:
    from countersign.push.errors import CountersignError


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for lupdate, which knows this name; Qt's own is typed as returning anything."""
    return text


class Action(enum.Enum):
    """What a button offers after an error."""

    TRY_AGAIN = QT_TRANSLATE_NOOP("EnrollWords", "Try again")
    BACK = QT_TRANSLATE_NOOP("EnrollWords", "Back")
    CLOSE = QT_TRANSLATE_NOOP("EnrollWords", "Close")
    UNLOCK = QT_TRANSLATE_NOOP("EnrollWords", "Unlock")
    SHOW_ACCOUNT = QT_TRANSLATE_NOOP("EnrollWords", "Show account")
    ADD_AGAIN = QT_TRANSLATE_NOOP("EnrollWords", "Add again")
    LATER = QT_TRANSLATE_NOOP("EnrollWords", "Later")


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence and its buttons; the last action is the one that Enter takes."""

    sentence: str
    actions: tuple[Action, ...]


_RETRY: Final = (Action.TRY_AGAIN,)
_BACK: Final = (Action.BACK,)
_CLOSE: Final = (Action.CLOSE,)
_UNLOCK: Final = (Action.UNLOCK,)

_EXPECTED: Final = QT_TRANSLATE_NOOP(
    "EnrollWords", "{host} answered, but not as expected. The address may be wrong."
)
_BUSY: Final = QT_TRANSLATE_NOOP("EnrollWords", "{host} is busy. Try again in a minute.")
_BUSY_FOR: Final = QT_TRANSLATE_NOOP("EnrollWords", "{host} is busy. Try again in {seconds} s.")
_BROKE: Final = QT_TRANSLATE_NOOP(
    "EnrollWords", "The connection to {host} broke before its answer came."
)

_WORDS: Final[dict[str, tuple[str, tuple[Action, ...]]]] = {
    "broken_link": (
        QT_TRANSLATE_NOOP("EnrollWords", "This link isn't complete. Ask for a new one."),
        _BACK,
    ),
    "bad_address": (QT_TRANSLATE_NOOP("EnrollWords", "That isn't a web address."), _BACK),
    "not_https": (
        QT_TRANSLATE_NOOP("EnrollWords", "The address must start with https://. Nothing was sent."),
        _BACK,
    ),
    "bad_identity": (
        QT_TRANSLATE_NOOP(
            "EnrollWords", "That ID can't be used. Use the ID from your company, as it is."
        ),
        _BACK,
    ),
    "bad_name": (
        QT_TRANSLATE_NOOP("EnrollWords", "A name has 1 to 64 visible characters."),
        _BACK,
    ),
    "unreachable": (
        QT_TRANSLATE_NOOP(
            "EnrollWords", "Can't reach {host}. Check the address and your connection."
        ),
        _RETRY,
    ),
    "answer_lost": (_BROKE, _RETRY),
    "certificate": (
        QT_TRANSLATE_NOOP(
            "EnrollWords",
            "The connection to {host} isn't safe, so nothing was sent. Tell {support}.",
        ),
        _CLOSE,
    ),
    "unexpected": (_EXPECTED, _BACK),
    "sign_in_first": (
        QT_TRANSLATE_NOOP(
            "EnrollWords",
            "This network wants you to sign in first. Do that in your browser.",
        ),
        _RETRY,
    ),
    "refused_by_company": (
        QT_TRANSLATE_NOOP(
            "EnrollWords",
            "{host} said no to this ID or code. Check both, or ask for a new code.",
        ),
        _BACK,
    ),
    "not_push": (
        QT_TRANSLATE_NOOP(
            "EnrollWords", "This account isn't for approving requests. Tell {support}."
        ),
        _CLOSE,
    ),
    "token_expired": (
        QT_TRANSLATE_NOOP(
            "EnrollWords", "The permission ran out before we could use it. Nothing was added."
        ),
        _RETRY,
    ),
    "too_many_devices": (
        QT_TRANSLATE_NOOP(
            "EnrollWords", "This ID already has 20 devices. Remove one, or ask {support}."
        ),
        _CLOSE,
    ),
    "too_many_tries": (
        QT_TRANSLATE_NOOP("EnrollWords", "Too many tries today for this ID. Try again tomorrow."),
        _CLOSE,
    ),
    "already_registered": (
        QT_TRANSLATE_NOOP("EnrollWords", "This computer is already registered."),
        (Action.SHOW_ACCOUNT,),
    ),
    "locked": (
        QT_TRANSLATE_NOOP("EnrollWords", "Unlock your password store to go on."),
        _UNLOCK,
    ),
    "dismissed": (QT_TRANSLATE_NOOP("EnrollWords", "Still locked."), _UNLOCK),
    "disk": (
        QT_TRANSLATE_NOOP(
            "EnrollWords", "Can't save on this computer: the disk is full or read-only."
        ),
        _RETRY,
    ),
    "maybe_registered": (
        QT_TRANSLATE_NOOP(
            "EnrollWords",
            "We don't know if {host} registered this computer. If it did, a spare entry may stay "
            "there. Nothing is kept here.",
        ),
        _RETRY,
    ),
    "too_late": (
        QT_TRANSLATE_NOOP("EnrollWords", "Too late to finish. Add it again."),
        (Action.ADD_AGAIN,),
    ),
    "busy": (_BUSY, _RETRY),
    "too_many_requests": (_BUSY, _RETRY),
}
_UNFINISHED: Final = QT_TRANSLATE_NOOP(
    "EnrollWords", "Almost done: the last check failed. You can finish later."
)
_STEPS: Final = {
    Step.KEY: QT_TRANSLATE_NOOP("EnrollWords", "Making a key on this computer"),
    Step.PERMISSION: QT_TRANSLATE_NOOP("EnrollWords", "Asking {host} for permission"),
    Step.REGISTER: QT_TRANSLATE_NOOP("EnrollWords", "Registering this computer"),
    Step.CHECK: QT_TRANSLATE_NOOP("EnrollWords", "Checking that it works"),
}


def words_for(error: CountersignError, host: str, *, step: Step | None = None) -> Words:
    """Return what to say of an error that was met in a step at `host`, and what to offer."""
    if isinstance(error, UnfinishedError):
        if error.cause.name in {"locked", "dismissed"}:
            unlock = f"{filled(_UNFINISHED)} {filled(_WORDS['locked'][0])}"
            return Words(unlock, (Action.LATER, Action.UNLOCK))
        return Words(filled(_UNFINISHED), (Action.LATER, Action.TRY_AGAIN))
    # At the third step the backend has said yes: what the service sent can't be read, an entry
    # may have stayed there, and only the error's own sentence says so.
    spare_entry = step is Step.REGISTER and isinstance(error, MappingError)
    if isinstance(error, PolicyError):
        return Words(_own_words(error), _BACK if error.name == "not_allowed" else _CLOSE)
    known = None if spare_entry else _WORDS.get(error.name)
    if known is None:
        return Words(_own_words(error), _BACK if isinstance(error, InputError) else _RETRY)
    sentence, actions = known
    seconds = _seconds(error) if sentence == _BUSY else None
    if seconds is not None:
        return Words(filled(_BUSY_FOR, host=host, seconds=str(seconds)), actions)
    return Words(filled(sentence, host=host), actions)


def field_words(error: InputError) -> str:
    """Return what to say under a field."""
    return words_for(error, "").sentence


def step_words(step: Step, host: str) -> str:
    """Return a step's name."""
    return filled(_STEPS[step], host=host)


def action_words(action: Action) -> str:
    """Return what a button says."""
    return filled(action.value)


def filled(text: str, **names: str) -> str:
    """Translate a sentence and fill its names in; `{support}` is known here.

    One pass: a name that holds `{support}` itself stays what it is.
    """
    names["support"] = support()
    translated = QCoreApplication.translate("EnrollWords", text)
    return re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], found[0]), translated)


def _own_words(error: CountersignError) -> str:
    return f"{message_of(error)} {hint_of(error)}".strip()


def _seconds(error: CountersignError) -> int | None:
    """Return how long a busy service asked us to wait; a backend's error says it in its hint."""
    if isinstance(error, ApiError):
        return None if error.retry_after is None else round(error.retry_after)
    found = re.search(r"\d+", error.hint) if isinstance(error, BackendError) else None
    return int(found[0]) if found else None
