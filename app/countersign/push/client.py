"""The calls of the Verify API that a device makes (protocol.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from countersign.push import pages
from countersign.push.address import host_of
from countersign.push.api_errors import api_error, require_service
from countersign.push.errors import ApiError, MappingError
from countersign.push.signing import TOKEN_LIFE, answer_payload, device_token, factor_proof
from countersign.push.values import (
    FactorStatus,
    parse_challenge,
    parse_factor,
)

if TYPE_CHECKING:
    from countersign.push.clock import ServiceClock
    from countersign.push.http import Http, Reply
    from countersign.push.pages import ChallengePage
    from countersign.push.signing import Sign
    from countersign.push.values import (
        Challenge,
        ChallengeStatus,
        Factor,
    )

_SPARE: Final = 60  # a kept token is used until a minute before it ends
_BAD_PAGE_SIZE: Final = 60373
_SURE_PAGE_SIZE: Final = 25  # the error's own page gives this as the largest
_SIGNATURE_FIELDS: Final = "twilio-verify-signature-fields"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a device must know of a factor to speak for it; none of it is secret."""

    api_url: str
    account_sid: str
    service_sid: str
    identity: str
    factor_sid: str
    credential_sid: str


class FactorClient:
    """Speaks for one factor that the service knows.

    Each call raises NetworkError, AnswerLostError, ApiError, MappingError, KeyStorageError or
    TokenError. A 401 that brings a date is followed by one clock correction and one more try
    (the request was refused, so it isn't sent twice), a list's size that is refused by a smaller
    one; nothing else is ever repeated here.

    `page_limits` is what is learnt of services: how many items of a list each gives at most, by the
    API's address and the service's sid; clients of one device share it.
    """

    def __init__(
        self,
        http: Http,
        credentials: Credentials,
        sign: Sign,
        clock: ServiceClock,
        page_limits: dict[tuple[str, str], int] | None = None,
    ) -> None:
        self.credentials = credentials
        self.clock = clock
        self._http = http
        self._sign = sign
        self._page_limits = {} if page_limits is None else page_limits
        self._kept_token = ""
        self._kept_until = 0.0
        who = credentials
        self._entity = (
            f"{who.api_url}/Services/{quote(who.service_sid, safe='')}"
            f"/Entities/{quote(who.identity, safe='')}"
        )
        self._factor = f"{self._entity}/Factors/{quote(who.factor_sid, safe='')}"

    async def verify(self) -> Factor:
        """Prove that the key is here, which makes the factor verified."""
        proof = await factor_proof(self._sign, self.credentials.factor_sid)
        factor = self._own(await self._post(self._factor, {"AuthPayload": proof}))
        if factor.status is not FactorStatus.VERIFIED:
            raise MappingError("check_failed", f"{self._host} didn't confirm this computer's key.")
        return factor

    async def rename(self, friendly_name: str) -> Factor:
        """Change the computer's name at the company (FriendlyName, at most 64 characters)."""
        return self._own(await self._post(self._factor, {"FriendlyName": friendly_name}))

    async def delete(self) -> None:
        """Remove the factor at the service.

        404 counts as done, and so does a 401 that a corrected clock doesn't cure: the service no
        longer knows the key (protocol.md, "Delete").
        """
        reply, clock_corrected = await self._send("DELETE", self._factor)
        gone = reply.status == 404 or (reply.status == 401 and clock_corrected)  # noqa: PLR2004
        if not reply.ok and not gone:
            raise api_error(reply, self._host)

    async def challenges(
        self,
        status: ChallengeStatus | None = None,
        *,
        page_size: int = 100,
        page_token: str | None = None,
    ) -> ChallengePage:
        """Return one page of this factor's challenges, newest first.

        A service that refuses the size is asked for 25 then and from now on: no source settles
        how many it may be (docs/decisions.md).
        """
        service = (self.credentials.api_url, self.credentials.service_sid)
        size = min(page_size, self._page_limits.get(service, page_size))
        try:
            return await self._listed(status, size, page_token)
        except ApiError as error:
            if error.code != _BAD_PAGE_SIZE or size <= _SURE_PAGE_SIZE:
                raise
        self._page_limits[service] = _SURE_PAGE_SIZE
        return await self._listed(status, _SURE_PAGE_SIZE, page_token)

    async def challenge(self, sid: str) -> Challenge:
        """Fetch one challenge with its signature fields, as it must be before it is answered."""
        reply = await self._get(self._challenge_url(sid))
        challenge = parse_challenge(reply.body, reply.headers.get(_SIGNATURE_FIELDS))
        self._require_own(challenge, sid)
        return challenge

    async def answer(
        self, challenge: Challenge, answer: ChallengeStatus, metadata: str | None = None
    ) -> Challenge | None:
        """Sign and send an answer to a challenge exactly as it was fetched.

        Returns the service's word, or None where it took the request but what it said can't be
        read: the caller must look before saying anything.
        """
        self._require_own(challenge, challenge.sid)
        form = {"AuthPayload": await answer_payload(self._sign, challenge, answer)}
        if metadata is not None:
            form["Metadata"] = metadata
        return _its_word(await self._post(self._challenge_url(challenge.sid), form))

    async def annotate(self, challenge_sid: str, metadata: str) -> Challenge | None:
        """Set a challenge's Metadata (a JSON object, at most 1,024 characters), and nothing else.

        It can be done after the answer as well, and answers nothing (protocol.md §5). Returns what
        `answer` does.
        """
        url = self._challenge_url(challenge_sid)
        return _its_word(await self._post(url, {"Metadata": metadata}))

    @property
    def _host(self) -> str:
        return host_of(self.credentials.api_url)

    def _challenge_url(self, sid: str) -> str:
        return f"{self._entity}/Challenges/{quote(sid, safe='')}"

    def _own(self, reply: Reply) -> Factor:
        factor = parse_factor(reply.body)
        if factor.sid != self.credentials.factor_sid:
            raise MappingError("wrong_factor", f"{self._host} answered about another account.")
        return factor

    def _require_own(self, challenge: Challenge, sid: str) -> None:
        if challenge.sid != sid or challenge.factor_sid != self.credentials.factor_sid:
            raise MappingError(
                "wrong_factor",
                f"{self._host} sent a request that belongs to another account.",
                "It wasn't used. Tell whoever gave you this account.",
            )

    async def _listed(
        self, status: ChallengeStatus | None, page_size: int, page_token: str | None
    ) -> ChallengePage:
        query = {"FactorSid": self.credentials.factor_sid, "PageSize": str(page_size)}
        query["Order"] = "desc"
        if status is not None:
            query["Status"] = status.value
        if page_token is not None:
            query["PageToken"] = page_token
        pairs = "&".join(f"{key}={quote(value, safe='')}" for key, value in query.items())
        reply = await self._get(f"{self._entity}/Challenges?{pairs}")
        return await pages.parse_in_time(reply.body, self._host, self.credentials.factor_sid)

    async def _get(self, url: str) -> Reply:
        return await self._checked("GET", url)

    async def _post(self, url: str, form: dict[str, str]) -> Reply:
        return await self._checked("POST", url, form)

    async def _checked(self, method: str, url: str, form: dict[str, str] | None = None) -> Reply:
        reply, _ = await self._send(method, url, form)
        if not reply.ok:
            raise api_error(reply, self._host)
        return reply

    async def _send(
        self, method: str, url: str, form: dict[str, str] | None = None
    ) -> tuple[Reply, bool]:
        """Send with a token, once more after a clock correction; tells whether there was one."""
        reply = await self._once(method, url, form)
        if reply.status != 401 or reply.date is None:  # noqa: PLR2004 - unauthorized
            return reply, False
        self._kept_token = ""
        self.clock.correct_tokens(reply.date)
        return await self._once(method, url, form), True

    async def _once(self, method: str, url: str, form: dict[str, str] | None) -> Reply:
        token = await self._token(may_reuse=method == "GET")
        reply = await self._http.send(method, url, form=form, auth=("token", token))
        require_service(reply, self._host, sent=method != "GET")
        self.clock.observe(reply.date)  # a sign-in page's clock is anybody's
        return reply

    async def _token(self, *, may_reuse: bool) -> str:
        """Make a token; for a GET one that was made before will do, so keyrings are read rarely."""
        now = int(self.clock.token_now())
        if may_reuse and self._kept_token and now < self._kept_until:
            return self._kept_token
        token = await device_token(
            self._sign,
            account_sid=self.credentials.account_sid,
            credential_sid=self.credentials.credential_sid,
            now=now,
        )
        if may_reuse:
            self._kept_token, self._kept_until = token, now + TOKEN_LIFE - _SPARE
        return token


def _its_word(reply: Reply) -> Challenge | None:
    try:
        return parse_challenge(reply.body)
    except MappingError:
        return None
