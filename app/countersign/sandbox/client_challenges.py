"""The part of the client that sends requests and steers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import quote

from countersign.sandbox.client_http import ControlConnection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from countersign.sandbox.client_answers import (
        ChallengesJson,
        ReplayJson,
        RunJson,
        TemplatesJson,
    )
    from countersign.sandbox.client_types import ChallengeJson, FieldJson, TemplateJson


class Challenges(ControlConnection):
    """Calls about requests, which the API calls challenges."""

    def create_challenge(  # noqa: PLR0913 - the parameters of a challenge, all but one by name
        self,
        factor_sid: str | None = None,
        *,
        identity: str | None = None,
        message: str = "Sign in?",
        fields: Sequence[FieldJson] = (),
        hidden_details: Mapping[str, str] | None = None,
        expires_in: float | None = None,
    ) -> ChallengeJson:
        """Send a challenge to a factor, or to the newest verified factor of an identity.

        The identity is the one stored or the one given to the sample backend; `expires_in` is in
        seconds, up to 3600, 300 if left out.
        """
        body = _asked(factor_sid, identity, message, fields, hidden_details, expires_in)
        return cast("ChallengeJson", self._call("POST", "/challenges", body))

    def create_challenges(  # noqa: PLR0913 - as above, and how many
        self,
        count: int,
        factor_sid: str | None = None,
        *,
        identity: str | None = None,
        message: str = "Sign in?",
        fields: Sequence[FieldJson] = (),
        hidden_details: Mapping[str, str] | None = None,
        expires_in: float | None = None,
    ) -> list[ChallengeJson]:
        """Send the same challenge `count` times at once, up to 100; all or none."""
        body = _asked(factor_sid, identity, message, fields, hidden_details, expires_in)
        return self._sent("/bursts", {**body, "count": count})

    def send_again(self, sid: str | None = None, *, count: int = 1) -> list[ChallengeJson]:
        """Send a challenge once more, or up to 100 times; the newest if none is named."""
        return self._sent("/again", {"sid": sid, "count": count})

    def create_samples(self, factor_sid: str | None = None) -> list[ChallengeJson]:
        """Send one challenge in each state, to a factor or the newest account.

        The answered ones are set so: nobody signed them.
        """
        return self._sent("/samples", {"factor_sid": factor_sid})

    def templates(self) -> list[TemplateJson]:
        """Give ready-made challenges, by names to choose from."""
        return cast("TemplatesJson", self._call("GET", "/templates"))["templates"]

    def challenge(self, sid: str) -> ChallengeJson:
        """Give a challenge as it stands."""
        return cast("ChallengeJson", self._call("GET", f"/challenges/{_part(sid)}"))

    def expire_challenge(self, sid: str) -> ChallengeJson:
        """Let a pending challenge expire now; 60322 if it was answered, 60323 if it has expired."""
        return cast("ChallengeJson", self._call("POST", f"/challenges/{_part(sid)}/expire"))

    def change_challenge(
        self,
        sid: str,
        *,
        message: str | None = None,
        fields: Sequence[FieldJson] | None = None,
        hidden_details: Mapping[str, str] | None = None,
    ) -> ChallengeJson:
        """Let a pending challenge say something else; what is left out stays.

        A device that shows the old text gets 60324 for its answer.
        """
        given: dict[str, object] = {
            "message": message,
            "fields": None if fields is None else list(fields),
            "hidden_details": None if hidden_details is None else dict(hidden_details),
        }
        body = {name: value for name, value in given.items() if value is not None}
        return cast("ChallengeJson", self._call("POST", f"/challenges/{_part(sid)}/change", body))

    def delete_challenge(self, sid: str) -> None:
        """Take a challenge away, as if it had never been sent."""
        self._call("DELETE", f"/challenges/{_part(sid)}")

    def export(self, limit: int = 100) -> RunJson:
        """Give the newest challenges, up to 1,000, and what became of each: a run to replay."""
        return cast("RunJson", self._call("GET", "/export", query={"limit": limit}))

    def replay(
        self,
        run: RunJson | Mapping[str, object],
        *,
        factor_sid: str | None = None,
        pace: Literal["fast", "recorded"] = "fast",
    ) -> list[ChallengeJson]:
        """Send a run's challenges again, in order; all or none. Gives those that were sent now.

        To `factor_sid`, else to the factors or the identities that they were for. At once, or at
        the pace they had by the sandbox's clock: moving that brings them sooner.
        """
        body = {"run": run, "factor_sid": factor_sid, "pace": pace}
        return self._sent("/replay", body)

    def replaying(self) -> ReplayJson:
        """Give what of a replay at the recorded pace is still to come."""
        return cast("ReplayJson", self._call("GET", "/replay"))

    def stop_replay(self) -> None:
        """Send nothing more of a replay."""
        self._call("DELETE", "/replay")

    def _sent(self, path: str, body: Mapping[str, object]) -> list[ChallengeJson]:
        return cast("ChallengesJson", self._call("POST", path, body))["challenges"]


def _part(text: str) -> str:
    """Write a value as one part of a path, whatever is in it."""
    return quote(text, safe="")


def _asked(  # noqa: PLR0913, PLR0917 - the parameters of a challenge, passed on
    factor_sid: str | None,
    identity: str | None,
    message: str,
    fields: Sequence[FieldJson],
    hidden_details: Mapping[str, str] | None,
    expires_in: float | None,
) -> dict[str, object]:
    return {
        "factor_sid": factor_sid,
        "identity": identity,
        "message": message,
        "fields": list(fields),
        "hidden_details": None if hidden_details is None else dict(hidden_details),
        "expires_in": expires_in,
    }
