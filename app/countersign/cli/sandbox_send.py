"""`sandbox send`: plays a scenario at the sandbox that runs on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.cli.sandbox import missing_extra
from countersign.device.plain_text import visible
from countersign.push.errors import InputError, NetworkError
from countersign.storage.paths import profile_folder

if TYPE_CHECKING:
    from argparse import Namespace

    from countersign.cli.output import Output
    from countersign.push.errors import CountersignError
    from countersign.sandbox.client import SandboxClientError
    from countersign.sandbox.client_types import PlayedJson

_NOT_FOUND = 404


def send(options: Namespace, output: Output) -> int:
    """Play the scenario, and print what was sent and what is on now."""
    try:
        import httpx  # noqa: PLC0415 - 50 ms that no other word of `sandbox` needs

        from countersign.sandbox import client  # noqa: PLC0415 - an extra, perhaps left out
    except ModuleNotFoundError as error:
        raise missing_extra() from error
    url, token = _address(options)
    try:
        with client.SandboxClient(url, token) as sandbox:
            played = sandbox.play(options.scenario_name, count=options.count)
    except client.SandboxClientError as error:
        raise _refused(options.scenario_name, url, error) from error
    except (httpx.HTTPError, ValueError) as error:  # ValueError: something else answers there
        raise _none_runs() from error
    output.document(dict(played))
    _tell(played, output)
    return 0


def _address(options: Namespace) -> tuple[str, str | None]:
    """Find the control API's address and its token: by the profile's file, else by the port."""
    from countersign.sandbox import ready_file  # noqa: PLC0415 - as above

    if options.profile is not None:
        found = ready_file.read(profile_folder(options.profile) / "sandbox" / ready_file.NAME)
        if found is not None:
            return found
    return f"http://127.0.0.1:{options.port}/control", None


def _tell(played: PlayedJson, output: Output) -> None:
    sent = played["challenges"]
    if len(sent) == 1:
        output.line(f"Sent {sent[0]['sid']}: {visible(sent[0]['details']['message'])}")
    elif sent:
        output.line(f"Sent {len(sent)} requests.")
    for fault in played["faults"]:
        output.line(f"On: {visible(fault['words'])}")
    offset = played["clock"]["offset"]
    if offset:
        output.line(f"The sandbox's clock: {offset:+.0f} s")
    output.line(f"The app should: {visible(played['scenario']['app_should'])}")


def _none_runs() -> CountersignError:
    return NetworkError(
        "no_sandbox_runs",
        "No sandbox answers here.",
        "Start one: countersign sandbox. If it runs with --profile or --port, give the same here.",
    )


def _refused(name: str, url: str, error: SandboxClientError) -> CountersignError:
    if error.status == _NOT_FOUND and "scenario" in str(error):
        _, _, names = str(error).partition("there are: ")
        return InputError("no_such_scenario", f"There is no scenario {name}.", f"Take {names}.")
    if error.status == _NOT_FOUND:
        return InputError(
            "no_account",
            "No account is ready at the sandbox yet.",
            f"Add one: countersign enroll --backend {url.removesuffix('/control')}/access-token "
            "--identity test-user-1",
        )
    return InputError("refused", "The sandbox refused that.", str(error))
