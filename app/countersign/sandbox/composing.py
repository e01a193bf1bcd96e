"""Ready-made requests: templates for the composer, and one of each state and difficulty."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from countersign.sandbox.challenges import (
    LABEL_LIMIT,
    MAX_FIELDS,
    MESSAGE_LIMIT,
    VALUE_LIMIT,
)

LIFE = 300
"""Seconds until a template's request expires."""


@dataclass(frozen=True, slots=True)
class Template:
    """What a request asks, by a name to choose it by."""

    name: str
    message: str
    fields: tuple[tuple[str, str], ...] = ()
    hidden_details: dict[str, str] = field(default_factory=dict)
    expires_in: int = LIFE

    def json(self) -> dict[str, object]:
        """Write it as the control API does."""
        return {
            "name": self.name,
            "message": self.message,
            "fields": [{"label": label, "value": value} for label, value in self.fields],
            "hidden_details": self.hidden_details,
            "expires_in": self.expires_in,
        }


SIGN_IN: Final = Template(
    "Sign-in",
    "Sign in to Northwind online banking",
    (("Location", "Berlin, Germany"), ("IP address", "203.0.113.24"), ("Device", "Firefox, Linux")),
)
PAYMENT: Final = Template(
    "Payment",
    "Transfer € 1,250.00 to M. Weber",
    (("IBAN", "DE89 3704 0044 0532 0130 00"), ("Reference", "Invoice 2026-118")),
    {"transaction": "tx-118"},
)
PAYROLL: Final = Template(
    "Payroll",
    "Approve payroll run for March",
    (("Employees", "214"), ("Total", "€ 482,110.00")),
)
BARE: Final = Template("No details", "Sign in?")
FULL: Final = Template(
    f"{MAX_FIELDS} fields",
    "Check every line before you approve",
    tuple((f"Line {number}", f"Value {number}") for number in range(1, MAX_FIELDS + 1)),
)
LONGEST: Final = Template(
    "Longest allowed",
    "Long ".ljust(MESSAGE_LIMIT, "m"),
    (("Label ".ljust(LABEL_LIMIT, "l"), "Value ".ljust(VALUE_LIMIT, "v")),),
)
HOSTILE: Final = Template(
    "Hostile text",
    # An override that turns the text around, markup, and a field that poses as the app's own.
    "Sign in to \u202egnikab\u202c <b>now</b>? https://evil.example/",
    (("Checked by Countersign", "yes"), ("Zero\u200bwidth", "a\u0301\nsecond line")),
)
MARKUP: Final = Template(
    "HTML",
    '<b>Sign in</b> to <a href="https://evil.example/">Northwind</a>? <img src=x onerror=alert(1)>',
    (("<i>Location</i>", "<script>alert('Berlin')</script>"), ("Amount &euro;", "&lt;1&gt;")),
)
RIGHT_TO_LEFT: Final = Template(
    "Right to left",
    "تسجيل الدخول إلى Northwind (נורת'ווינד)؟",
    (("الموقع", "برلين, Berlin 10115"), ("File", "invoice\u202efdp.exe")),
)
UNICODE: Final = Template(
    "Unicode",
    "Überweisung nach 東京 für Zoë 👩🏽\u200d💻 🇯🇵?",
    (
        ("Kontoinhaber:in", "Łukasz Żółć"),
        ("金額", "¥1,250 (一千二百五十円)"),
        ("e\u0301 or é", "ﬁ ½ Å"),
    ),
)
FULLEST: Final = Template(
    f"{MAX_FIELDS} fields at their limits",
    "Check every line before you approve: ".ljust(MESSAGE_LIMIT, "m"),
    tuple(
        (f"Line {number} ".ljust(LABEL_LIMIT, "l"), f"Value {number} ".ljust(VALUE_LIMIT, "v"))
        for number in range(1, MAX_FIELDS + 1)
    ),
)
TEMPLATES: Final = (
    SIGN_IN,
    PAYMENT,
    PAYROLL,
    BARE,
    FULL,
    FULLEST,
    LONGEST,
    UNICODE,
    RIGHT_TO_LEFT,
    MARKUP,
    HOSTILE,
)


def template(name: str) -> Template:
    """Give the template of that name; the first one if there is none."""
    return next((each for each in TEMPLATES if each.name == name), TEMPLATES[0])


@dataclass(frozen=True, slots=True)
class Sample:
    """One request of `one of each`: how it stands, and how long ago it was sent, in seconds."""

    template: Template
    status: str = "pending"
    age: int = 0
    life: int = LIFE


SAMPLES: Final = (
    # The newest is the last one.
    Sample(PAYROLL, "expired", age=600),
    Sample(PAYMENT, "denied", age=240),
    Sample(SIGN_IN, "approved", age=180),
    Sample(LONGEST, life=3_600),
    Sample(FULL, life=1_800),
    Sample(HOSTILE),
    Sample(BARE),
    Sample(PAYMENT, life=60),
    Sample(SIGN_IN),
)
