"""Runs fuzz targets by atheris, each in a process of its own, and says what came out.

    python -m tests.fuzz [TARGET ...] [--cases N] [--record]

N is the number of cases of all targets together. A find is printed with the input that made it,
and the exit status is 1. `--record` writes the figures into docs/fuzzing.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "fuzzing.md"
_LONGEST = 4096
_HEAD = """\
# Fuzzing

Written by `python3 dev.py fuzz --record`; CI runs a slice of it (tests/fuzz/test_slice.py).

Each parser of something from outside is given mutations of good examples by atheris (libFuzzer,
guided by coverage of our own code), {longest} bytes at most. It returns a value of which certain
rules hold (tests/fuzz/targets.py), or raises one of our typed errors; anything else is a find.

{date}, on {machine}, {python}: {cases} cases, {finds} finds.

| target | cases | s | cases/s |
|---|---:|---:|---:|
"""


@dataclass(frozen=True)
class Ran:
    """How a target's run ended."""

    name: str
    cases: int
    seconds: float
    found: str


def one(name: str, cases: int) -> None:
    """Fuzz a target in this very process, which atheris ends."""
    import atheris  # noqa: PLC0415 - only where it is to run

    with atheris.instrument_imports(include=["countersign"]):
        from tests.fuzz.targets import FIND_ME, TARGETS  # noqa: PLC0415 - instrumented as it is imported

    target = (FIND_ME | TARGETS)[name]
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(target.seeds):
            (Path(corpus) / str(number)).write_bytes(seed)
        options = [f"-runs={cases}", f"-max_len={_LONGEST}", "-timeout=20", "-print_final_stats=0"]
        quiet = ["-verbosity=0", f"-artifact_prefix={corpus}/"]
        atheris.Setup([sys.argv[0], *options, *quiet, corpus], target)
        atheris.Fuzz()


def run(name: str, cases: int) -> Ran:
    """Fuzz a target in a process of its own."""
    begun = time.monotonic()
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", "tests.fuzz", "--one", name, "--cases", str(cases)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        errors="replace",
    )
    found = "" if done.returncode == 0 else done.stdout[-2000:] + done.stderr[-4000:]
    return Ran(name, cases, time.monotonic() - begun, found)


def main() -> int:
    """Run what the command line names."""
    names = known()
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(names))
    parser.add_argument("--cases", type=int, default=160_000)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        one(options.one, options.cases)
        return 0
    if unknown := set(options.targets) - set(names):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    wanted = options.targets or names
    share = -(-options.cases // len(wanted))
    ran = []
    for name in wanted:
        ran.append(run(name, share))
        sys.stdout.write(f"{name:>10}  {share:>9}  {ran[-1].seconds:7.1f} s\n")
        sys.stdout.flush()
        sys.stderr.write(ran[-1].found)
    if options.record:
        record(ran)
    return int(any(each.found for each in ran))


def known() -> list[str]:
    """Return the targets' names, without importing what they import."""
    text = (Path(__file__).parent / "targets.py").read_text(encoding="utf-8")
    lines = text.partition("TARGETS: Final[")[2].splitlines()
    return [line.split('"')[1] for line in lines if line.startswith('    "')]


def record(ran: list[Ran]) -> None:
    """Write the figures down."""
    cases = sum(each.cases for each in ran)
    head = _HEAD.format(
        longest=_LONGEST,
        date=dt.datetime.now(dt.UTC).date(),
        machine=f"{platform.machine()}, {os.cpu_count()} cores",
        python=f"Python {platform.python_version()}",
        cases=f"{cases:,}",
        finds=sum(bool(each.found) for each in ran) or "no",
    )
    PAGE.write_text(head + "".join(map(_row, ran)), encoding="utf-8")


def _row(ran: Ran) -> str:
    speed = ran.cases / ran.seconds
    return f"| {ran.name} | {ran.cases:,} | {ran.seconds:.0f} | {speed:,.0f} |\n"


if __name__ == "__main__":
    sys.exit(main())
