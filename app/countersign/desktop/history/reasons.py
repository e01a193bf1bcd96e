"""Why an answer of the past wasn't taken, by the name that history keeps of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from countersign.desktop.request.words import nothing_text
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from countersign.device.records import Decision

translate = QCoreApplication.translate


def reason_text(decision: Decision, label: str, support: str) -> str:
    """Return the reason, and then what the service has of the request, as far as it is known.

    `label` and `support` are safe to show.
    """
    why = _why(decision.error or "").format(account=label, support=support)
    if decision.error == "answered_elsewhere":
        return why
    return f"{why} {_what_it_is(decision, label)}".strip()


def _why(name: str) -> str:
    """Return why; a name that is new, or was another version's, has no sentence of its own."""
    known = {
        "expired": translate("Answer", "It expired first."),
        "not_arrived": translate("Answer", "It did not arrive."),
        "changed": translate("Answer", "The request had changed since it was shown."),
        "withdrawn": translate("Answer", "Silent approval ended before it was sent."),
        "already_answered": translate("Answer", "It was answered from this computer before."),
        "answered_elsewhere": translate(
            "Answer",
            "This request was answered with your key, but not by this app. Tell {support} now.",
        ),
        "not_found": translate("Answer", "{account} took this request back."),
        "account_removed": translate(
            "Answer", "The account was removed before it was known if it arrived."
        ),
        "unreachable": translate("Answer", "{account} couldn't be reached."),
        "proxy": translate("Answer", "{account} couldn't be reached."),
        "not_sent": translate("Answer", "It couldn't be sent."),
        "certificate": translate("Answer", "The connection to {account} wasn't safe."),
        "clock": translate("Answer", "This computer's date or time was wrong."),
        "locked": translate("Answer", "Your password store was locked."),
        "dismissed": translate("Answer", "Your password store was locked."),
        "missing": translate("Answer", "No password store was running."),
        "gone": translate("Answer", "The key for this account was gone."),
        "not_authorized": translate("Answer", "{account} didn't accept this computer's key."),
        "signature_refused": translate("Answer", "{account} didn't accept the signature."),
        "forbidden": translate("Answer", "{account} refused it."),
        "refused": translate("Answer", "It was refused."),
        "too_many_requests": translate("Answer", "{account} was busy."),
        "busy": translate("Answer", "{account} was busy."),
    }
    return known.get(name, translate("Answer", "It was not taken."))


def _what_it_is(decision: Decision, label: str) -> str:
    match decision.server_status:
        case ChallengeStatus.APPROVED:
            return translate("Answer", "{account} has it as approved.").format(account=label)
        case ChallengeStatus.DENIED:
            return translate("Answer", "{account} has it as denied.").format(account=label)
        case _ if decision.error in {"not_found", "account_removed"}:
            return ""
        case _:
            return nothing_text(denied=decision.answer is ChallengeStatus.DENIED)
