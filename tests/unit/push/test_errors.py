from __future__ import annotations

import pytest

from countersign.push.errors import (
    AnswerLostError,
    ApiError,
    BackendError,
    CountersignError,
    InitializationError,
    InputError,
    KeyStorageError,
    MappingError,
    NetworkError,
    StorageError,
    TokenError,
)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (NetworkError, 60401),
        (AnswerLostError, 60401),
        (MappingError, 60402),
        (StorageError, 60403),
        (InputError, 60404),
        (KeyStorageError, 60405),
        (InitializationError, 60406),
        (TokenError, 60407),
    ],
)
def test_our_own_failures_have_the_sdks_codes(kind: type[CountersignError], code: int) -> None:
    error = kind("name", "A sentence.", "A hint.")
    assert error.code == code
    assert (error.name, str(error), error.hint) == ("name", "A sentence.", "A hint.")


def test_a_backends_refusal_is_an_input_error_with_a_status() -> None:
    error = BackendError("busy", "A sentence.", status=503)
    assert (error.code, error.status, error.hint) == (60404, 503, "")


def test_the_apis_refusal_has_the_apis_code() -> None:
    error = ApiError("x", "A sentence.", code=60323, status=403)
    assert (error.code, error.status, error.retry_after) == (60323, 403, None)


def test_a_lost_answer_is_a_network_error_and_all_are_ours() -> None:
    assert issubclass(AnswerLostError, NetworkError)
    assert all(
        issubclass(kind, CountersignError) for kind in (ApiError, BackendError, NetworkError)
    )
