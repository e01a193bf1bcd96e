"""The bodies of control calls as their OpenAPI document has them; all members are optional but one.

They describe what `jsonbody` reads, which decides; a test sends what they allow.
"""

# Without lazy annotations: the document is made of what these name.
from typing import Annotated, Literal, Required, TypedDict

from msgspec import Meta

from countersign.sandbox import accounts, challenges, clock, faults, steering
from countersign.sandbox.fault_kinds import Kind
from countersign.sandbox.jsonbody import MAX_SECONDS
from countersign.sandbox.replay import FORMAT, MAX_REQUESTS

Message = Annotated[str, Meta(min_length=1, max_length=challenges.MESSAGE_LIMIT)]
Life = Annotated[
    float,
    Meta(ge=1, le=challenges.MAX_LIFE, description="Seconds; left out or null: 300."),
]
Count = Annotated[int, Meta(ge=1, le=steering.MAX_COUNT)]
Often = Annotated[int, Meta(ge=1, le=faults.MAX_COUNT)]
Hidden = Annotated[
    dict[str, str], Meta(description="Up to 1,024 characters as JSON without spaces.")
]


class FieldBody(TypedDict):
    """One line of a request."""

    label: Annotated[str, Meta(max_length=challenges.LABEL_LIMIT)]
    value: Annotated[str, Meta(max_length=challenges.VALUE_LIMIT)]


Fields = Annotated[list[FieldBody], Meta(max_length=challenges.MAX_FIELDS)]


class ChallengeBody(TypedDict, total=False):
    """A request to send: to `factor_sid`, else to the newest verified factor of `identity`.

    One of the two is needed. The identity is the one stored or the one given to the sample backend.
    """

    factor_sid: str | None
    identity: str | None
    message: Required[Message]
    fields: Fields | None
    hidden_details: Hidden | None
    expires_in: Life | None


class BurstBody(ChallengeBody, total=False):
    """A request to send `count` times."""

    count: Required[Count]


class AgainBody(TypedDict, total=False):
    """The request to send again, else the newest; once if `count` is left out."""

    sid: str | None
    count: Count | None


class SamplesBody(TypedDict, total=False):
    """The factor to send to, else the newest verified one."""

    factor_sid: str | None


class ChangeBody(TypedDict, total=False):
    """What a pending request says from now on; what is left out stays as it is."""

    message: Message | None
    fields: Fields | None
    hidden_details: Hidden | None


class AccountBody(TypedDict, total=False):
    """The name of the account and of its first service."""

    friendly_name: Annotated[str, Meta(min_length=1, max_length=accounts.NAME_LIMIT)] | None


class ExportedBody(TypedDict, total=False):
    """A challenge to send again; what else an exported one has is not read."""

    factor_sid: str | None
    identity: str | None
    message: Required[Message]
    fields: Fields | None
    hidden_details: Hidden | None
    expires_in: Life | None
    after: (
        Annotated[
            float,
            Meta(
                ge=-MAX_SECONDS,
                le=MAX_SECONDS,
                description="Seconds after the first; left out: with the one before.",
            ),
        ]
        | None
    )


class RunBody(TypedDict):
    """What `GET /control/export` gave, or as much of it as a replay reads."""

    sandbox_run: Annotated[int, Meta(ge=FORMAT, le=FORMAT)]
    challenges: Annotated[list[ExportedBody], Meta(max_length=MAX_REQUESTS)]


class ReplayBody(TypedDict, total=False):
    """A run to send again: to `factor_sid`, else to the factor or the identity it was for.

    All at once, or each as long after the first as it was sent when it was recorded.
    """

    run: Required[RunBody]
    factor_sid: str | None
    pace: Literal["fast", "recorded"] | None


class ClockBody(TypedDict):
    """How far to put the clock ahead of real time, in seconds; negative: behind."""

    offset: Annotated[float, Meta(ge=-clock.MAX_OFFSET, le=clock.MAX_OFFSET)]


class ResetBody(TypedDict, total=False):
    """Whether to forget entities, factors, tokens, the clock's offset and the faults as well."""

    everything: bool


class FaultBody(TypedDict, total=False):
    """A fault, how often it hits, and whom; what is left out or null of the last three is any."""

    kind: Required[Kind]
    count: Annotated[Often | None, Meta(description="1 if left out; null: until it is off.")]
    every: Annotated[Often | None, Meta(description="Hits each second, third …; 1 if left out.")]
    seconds: Annotated[float, Meta(ge=-faults.MAX_SECONDS, le=faults.MAX_SECONDS)] | None
    callers: Annotated[
        list[Literal["device", "company", "backend"]],
        Meta(min_length=1, description="`device` if left out."),
    ]
    factor_sid: str | None
    method: str | None
    path: (
        Annotated[
            str,
            Meta(
                max_length=faults.MAX_PATTERN,
                description="A pattern with `*` for a path as the traffic log has it.",
            ),
        ]
        | None
    )


class PlayBody(TypedDict, total=False):
    """The account to play for, else the newest; how many times over to send what it sends."""

    factor_sid: str | None
    count: Count | None
