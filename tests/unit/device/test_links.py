"""Links come from anywhere: the good ones are read, all others end in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from countersign.device.links import (
    ChallengeLink,
    EnrollLink,
    OpenLink,
    SignInLink,
    is_enroll_link,
    parse_enroll_link,
    parse_link,
)
from countersign.push.errors import InputError
from countersign.push.values import is_sid

if TYPE_CHECKING:
    from countersign.device.links import Link

BACKEND: Final = "https://login.example.com/access-token"
GOOD: Final = f"countersign://enroll?backend={BACKEND}&identity=jane"
many_examples: Final = settings(deadline=None, database=None, max_examples=300)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (GOOD, EnrollLink(BACKEND, "jane")),
        (f"countersign://enroll/?backend={BACKEND}&identity=jane", EnrollLink(BACKEND, "jane")),
        (f"  {GOOD}\n", EnrollLink(BACKEND, "jane")),
        (f"{GOOD}&name=B%C3%BCro+2&code=a%2Bb", EnrollLink(BACKEND, "jane", "Büro 2", "a+b")),
        (f"{GOOD}&name=&code=", EnrollLink(BACKEND, "jane")),
        (
            f"countersign://enroll?identity=a%26b&backend={quote(BACKEND, safe='')}",
            EnrollLink(BACKEND, "a&b"),
        ),
        (
            "countersign://enroll?backend=http://127.0.0.1:8080/a&identity=jane",
            EnrollLink("http://127.0.0.1:8080/a", "jane"),
        ),
    ],
)
def test_a_good_link_is_read(text: str, link: EnrollLink) -> None:
    assert parse_enroll_link(text) == link


BROKEN: Final = {
    "nothing": "",
    "no link": "hello",
    "another scheme": GOOD.replace("countersign:", "https:"),
    "another verb": GOOD.replace("enroll", "approve"),
    "the verb in the path": GOOD.replace("//enroll", "enroll"),
    "the verb with a port": GOOD.replace("enroll", "enroll:80"),
    "the verb with a user": GOOD.replace("//enroll", "//a@enroll"),
    "the verb in capitals": GOOD.replace("enroll", "ENROLL"),
    "a path": GOOD.replace("enroll?", "enroll/now?"),
    "a fragment": f"{GOOD}#x",
    "no parameters": "countersign://enroll",
    "no identity": f"countersign://enroll?backend={BACKEND}",
    "an empty identity": f"countersign://enroll?backend={BACKEND}&identity=",
    "no backend": "countersign://enroll?identity=jane",
    "an empty backend": "countersign://enroll?backend=&identity=jane",
    "an unknown parameter": f"{GOOD}&x=1",
    "the API's address": f"{GOOD}&api_url=http://127.0.0.1/v2",
    "a parameter twice": f"{GOOD}&identity=joe",
    "a parameter without a value": f"{GOOD}&name",
    "a parameter in capitals": GOOD.replace("identity", "Identity"),
    "a separator too many": f"{GOOD}&&name=x",
    "not UTF-8": f"{GOOD}&name=%ff",
    "a line break": f"{GOOD}&name=a%0ab",
    "a bidi override": f"{GOOD}&name=a%E2%80%AEb",
    "a raw line break": GOOD.replace("jane", "ja\nne"),
    "half a surrogate pair": f"{GOOD}\ud800",
    "too long": f"{GOOD}&name={'x' * 4096}",
    "a bracket": "countersign://[enroll?backend=a&identity=b",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_any_other_link_is_broken(text: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_enroll_link(text)
    assert raised.value.name == "broken_link"


@pytest.mark.parametrize(
    ("backend", "name"),
    [
        ("http://example.com/a", "not_https"),
        ("http://127.0.0.1.example.com/a", "not_https"),
        ("https://jane:secret@example.com/a", "bad_address"),
        ("file:///etc/passwd", "bad_address"),
        ("javascript:alert(1)", "bad_address"),
        ("example.com", "bad_address"),
    ],
)
def test_an_address_that_may_not_be_called_is_said_to_be_so(backend: str, name: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_enroll_link(f"countersign://enroll?backend={quote(backend)}&identity=jane")
    assert raised.value.name == name


def test_the_code_is_not_in_a_repr() -> None:
    link = parse_enroll_link(f"{GOOD}&code=s3cret")
    assert link.code == "s3cret"
    assert "s3cret" not in repr(link)


def test_no_error_repeats_the_link() -> None:
    with pytest.raises(InputError) as raised:
        parse_enroll_link(f"{GOOD}&code=s3cret&x=1")
    assert "s3cret" not in f"{raised.value!r} {raised.value.message} {raised.value.hint}"


PARTS: Final = st.one_of(
    st.sampled_from("?&=#%[]@:;+/\u202e\x00"),
    st.sampled_from(["countersign://", "enroll", "backend", "identity", "name", "code"]),
    st.sampled_from(["https://a.example", "http://[::1]", "%00", "%2", "%F0%9F%98%80"]),
)


@many_examples
@given(st.one_of(st.text(), st.lists(PARTS).map("".join), st.text().map(f"{GOOD}&name=".__add__)))
@example("countersign://enroll?" + "&" * 2000)
def test_whatever_is_pasted_is_a_link_or_an_input_error(text: str) -> None:
    try:
        link = parse_enroll_link(text)
    except InputError:
        return
    assert link.backend.startswith(("https://", "http://"))
    assert link.identity


VALUES: Final = st.text(min_size=1, max_size=60).filter(str.isprintable)


@many_examples
@given(identity=VALUES, name=VALUES, code=VALUES)
def test_every_value_comes_through_as_it_was_written(identity: str, name: str, code: str) -> None:
    values = {"backend": BACKEND, "identity": identity, "name": name, "code": code}
    query = "&".join(f"{key}={quote(value, safe='')}" for key, value in values.items())
    if len(query) > 4000:
        return
    assert parse_enroll_link(f"countersign://enroll?{query}") == EnrollLink(
        BACKEND, identity, name, code
    )


FACTOR: Final = "YF" + "0123456789abcdefABCDEF0123456789"
CHALLENGE: Final = "YC" + "0" * 32
BOTH: Final = f"factor_sid={FACTOR}&challenge_sid={CHALLENGE}"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (GOOD, EnrollLink(BACKEND, "jane")),
        (f"countersign://challenge?{BOTH}", ChallengeLink(FACTOR, CHALLENGE)),
        (f"\tCOUNTERSIGN://challenge/?{BOTH}\n", ChallengeLink(FACTOR, CHALLENGE)),
        (f"countersign://signin?{BOTH}", SignInLink(FACTOR, CHALLENGE)),
        ("countersign://open", OpenLink()),
        ("countersign://open/", OpenLink()),
    ],
)
def test_each_kind_of_link_is_read(text: str, link: Link) -> None:
    assert parse_link(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "countersign:",
        "countersign://",
        "countersign:open",
        "countersign://close",
        "countersign://OPEN",
        "countersign://open.example.com",
        "countersign://user@open",
        "countersign://open:80",
        "countersign://open/x",
        "countersign://open#x",
        "countersign://open?x=1",
        "countersign://open?" + BOTH,
        "countersign://challenge",
        f"countersign://challenge?factor_sid={FACTOR}",
        f"countersign://challenge?challenge_sid={CHALLENGE}",
        f"countersign://challenge?factor_sid={CHALLENGE}&challenge_sid={FACTOR}",
        f"countersign://challenge?factor_sid={FACTOR}&challenge_sid={CHALLENGE}0",
        f"countersign://challenge?factor_sid={FACTOR}&challenge_sid=../{CHALLENGE}",
        f"countersign://challenge?{BOTH}&factor_sid={FACTOR}",
        f"countersign://challenge?{BOTH}&challenge_sid={CHALLENGE}",
        f"countersign://challenge?{BOTH}&message=Approve",
        f"countersign://challenge?{BOTH}&approve=1",
        f"countersign://signin?{BOTH}&transaction={'0' * 32}",
        f"countersign://signin?{BOTH}&silent=1",
        f"countersign://approve?{BOTH}",
        f"https://challenge?{BOTH}",
        f"countersign://challenge?{BOTH}&{'x' * 5000}",
    ],
)
def test_any_other_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_link(text)
    assert raised.value.name == "broken_link"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (GOOD, True),
        ("countersign://enroll", True),
        ("  COUNTERSIGN://enroll?x=1", True),
        ("countersign://enrolled?x=1", False),
        ("countersign://open", False),
        (" " * 5000 + GOOD, False),
        ("enroll", False),
    ],
)
def test_a_link_to_add_an_account_is_known_complete_or_not(text: str, *, is_one: bool) -> None:
    assert is_enroll_link(text) is is_one


LINK_PARTS: Final = st.one_of(
    PARTS,
    st.sampled_from(["challenge", "signin", "open", "factor_sid=", "challenge_sid=", BOTH]),
    st.sampled_from([FACTOR, CHALLENGE, "transaction=", "silent=1", "approve"]),
)


@many_examples
@given(
    st.one_of(
        st.text(),
        st.lists(LINK_PARTS).map("".join),
        st.tuples(
            st.sampled_from(["enroll", "challenge", "signin", "open"]), st.lists(LINK_PARTS)
        ).map(lambda made: f"countersign://{made[0]}?{''.join(made[1])}"),
    )
)
@example(f"countersign://challenge?{BOTH}")
def test_whatever_is_clicked_is_a_link_or_an_input_error(text: str) -> None:
    try:
        link = parse_link(text)
    except InputError:
        return
    if isinstance(link, ChallengeLink | SignInLink):
        assert is_sid(link.factor_sid, "YF")
        assert is_sid(link.challenge_sid, "YC")
        assert text.count("=") == 2, "nothing else was in it"
    if isinstance(link, OpenLink):
        assert "?" not in text.rstrip("?"), "nor here"
    assert isinstance(link, EnrollLink) is is_enroll_link(text)


@many_examples
@given(
    verb=st.sampled_from(["challenge", "signin"]),
    factor=st.text("0123456789abcdefABCDEF", min_size=32, max_size=32),
    challenge=st.text("0123456789abcdefABCDEF", min_size=32, max_size=32),
    swapped=st.booleans(),
)
def test_every_request_is_found_as_it_was_named(
    verb: str, factor: str, challenge: str, *, swapped: bool
) -> None:
    pairs = [f"factor_sid=YF{factor}", f"challenge_sid=YC{challenge}"]
    query = "&".join(reversed(pairs) if swapped else pairs)
    link = parse_link(f"countersign://{verb}?{query}")
    assert isinstance(link, ChallengeLink if verb == "challenge" else SignInLink)
    assert (link.factor_sid, link.challenge_sid) == (f"YF{factor}", f"YC{challenge}")
