#!/usr/bin/env python3
"""Everything a developer of Countersign does, by one command that sets itself up.

It needs Python 3.11 or newer and nothing else: its tools and libraries go to .dev and .venv
beside this file, and on Debian and its kin it installs missing system packages through apt (as
root or with passwordless sudo). It imports only the standard library.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
UV_VENV = ROOT / ".dev" / "uv"
NODE = ROOT / ".dev" / "node"
NODE_LOCK = ROOT / "tests" / "sandbox" / "conformance" / "node"
LOCKS = ROOT / "requirements"
WINDOWS = os.name == "nt"
ALONE = ("tests/integration/window", "tests/integration/cli/test_demo.py")
BY_FILE = ("--dist", "loadfile")  # a file's tests share a screen, a keyring, a browser

COMMANDS = """\
commands:
  demo [...]         show it: the window, a sandbox, three requests (--headless: by itself)
  test [...]         every check, then pytest; --full: the slow tests and PostgreSQL too
  lint [...]         ruff's rules (--fix mends what it can)
  format [--check]   ruff's formatter
  types              mypy
  imports            import-linter: who may import whom
  run ...            countersign from this checkout
  sandbox ...        its sandbox
  fuzz [...]         every parser of something from outside (--cases N, --record)
  benchmark          requests a second, into docs/benchmarks.md
  translate          the window's words into resources/translations, and those into the app
  screenshots [...]  docs/screenshots/ anew (--only SCENE, --into FOLDER)
  sbom FOLDER        what is shipped (CycloneDX) and under which licences
  audit              known advisories on what is shipped; fails where they can't be reached
  lock [...]         requirements/*.txt anew; --check: only compare; --upgrade: newer versions
  setup              only the set-up that all of these do by themselves
"""

# System packages by their names on Debian 12 and its kin.
QT_PACKAGES = (
    "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 "
    # for a window on X11; when icccm4 or keysyms1 lack, Qt wrongly names xcb-cursor0
    "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 "
    # and on Wayland
    "libwayland-cursor0 libwayland-egl1"
)
RUNTIME_PACKAGES = tuple(f"{QT_PACKAGES} ca-certificates dbus gnome-keyring".split())
# The demo without a display: a screen, and what clicks there and looks at it.
DEMO_PACKAGES = (
    *RUNTIME_PACKAGES,
    *("xvfb", "openbox", "xdotool", "imagemagick", "at-spi2-core", "fonts-noto-core"),
)
TEST_PACKAGES = (
    *DEMO_PACKAGES,
    *("x11-utils", "libsecret-tools", "fonts-inter", "fonts-noto-cjk", "chromium"),
    *("trayer", "xfce4-notifyd"),  # a tray and a notification service
    "python3-dbusmock",  # plays logind and screen savers, under the system's own Python
    *("swtpm", "libtss2-tcti-swtpm0"),  # a TPM, and the way to it
    *("libtss2-dev", "pkg-config", "gcc", "libc6-dev"),  # what tpm2-pytss is compiled with
)
# The server that tests/sandbox runs on as well with --full, and the benchmark.
SERVER_PACKAGES = (*TEST_PACKAGES, "postgresql")
NODE_PACKAGES = ("nodejs", "npm")
FULL_PACKAGES = (*SERVER_PACKAGES, *NODE_PACKAGES)


class Problem(Exception):  # noqa: N818 - what the user is told, in one line
    """What keeps a command from going on."""


# --- running things


def say(text: str) -> None:
    """Tell the user, before whatever a child process says."""
    print(text, flush=True)


def run(
    command: Sequence[str | Path], env: dict[str, str] | None = None, stdout: int | None = None
) -> int:
    """Run a command here, for the user to see; its exit status."""
    parts = [str(part) for part in command]
    return subprocess.run(parts, cwd=ROOT, env=env, stdout=stdout, check=False).returncode


def must(
    command: Sequence[str | Path], env: dict[str, str] | None = None, *, quiet: bool = False
) -> None:
    """Run a command without which nothing goes on; quiet: only its errors are seen."""
    if status := run(command, env, subprocess.DEVNULL if quiet else None):
        raise Problem(f"{' '.join(str(part) for part in command)}: failed ({status})")


def output(command: Sequence[str | Path]) -> str | None:
    """Run a command silently; what it printed, or None if it failed."""
    parts = [str(part) for part in command]
    try:
        done = subprocess.run(parts, cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def program(name: str, venv: Path = VENV) -> Path:
    """Where a virtual environment keeps a program."""
    return venv / ("Scripts" if WINDOWS else "bin") / (f"{name}.exe" if WINDOWS else name)


# --- system packages


def missing(wanted: Iterable[str], listing: str) -> list[str]:
    """Which packages are not installed, by dpkg-query's listing of all.

    A newer release may have renamed one and say so in Provides (libglib2.0-0t64).
    """
    installed = set()
    for line in listing.splitlines():
        status, package, provides = line.split("\t")
        if status == "installed":
            installed.add(package)
            installed.update(part.split()[0] for part in provides.split(",") if part.strip())
    return [package for package in wanted if package not in installed]


def not_allowed(packages: Sequence[str]) -> str:
    """Tell somebody without the rights what to run."""
    return f"System packages are missing; run: sudo apt-get install {' '.join(packages)}"


def install_packages(wanted: Sequence[str]) -> None:
    """Install what is missing of these; elsewhere than on Debian, say what is needed."""
    listing = output(["dpkg-query", "-W", "-f", "${db:Status-Status}\t${Package}\t${Provides}\n"])
    if listing is None:
        if sys.platform == "linux":
            say(f"Not a Debian: needed under your system's own names: {' '.join(wanted)}")
        return
    packages = missing(wanted, listing)
    if not packages:
        return
    prefix = root_prefix()
    if prefix is None:
        raise Problem(not_allowed(packages))
    say(f"== system packages: {' '.join(packages)}")
    # By env, because sudo passes none of ours on.
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    must([*apt, "update"])
    options = ("-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0")
    must([*apt, "install", *options, *packages], quiet=True)


def root_prefix() -> list[str] | None:
    """Return what to put before a command to run it as root; None if there is no way."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if output(["sudo", "-n", "true"]) is not None else None


# --- the environments


def base_python() -> str:
    """Find the Python beneath: this one may be the very .venv that is to be made."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def fingerprint(*files: Path) -> str:
    """Tell one set-up from another: locks, Python and place, which scripts have in them."""
    digest = hashlib.sha256()
    digest.update(f"{sys.version} {platform.machine()} {base_python()} {ROOT}".encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def stamp(venv: Path) -> Path:
    """Where an environment that was finished says of what it was made."""
    return venv / "countersign-stamp"


def is_ready(venv: Path, made_of: str) -> bool:
    """Whether an environment was finished, of these files, and still starts."""
    return stamp_of(venv) == made_of and output([program("python", venv), "-c", ""]) is not None


def stamp_of(place: Path) -> str | None:
    """Return the stamp of what was finished; None where nothing was."""
    try:
        return stamp(place).read_text()
    except OSError:
        return None


def home() -> str:
    """Return the home folder, or a word that is none where the user has no entry."""
    return os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises there


def clean_environment() -> dict[str, str]:
    """Return our environment without what would spoil an installation."""
    spoilers = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}
    env = {name: value for name, value in os.environ.items() if name not in spoilers}
    env["UV_PYTHON_DOWNLOADS"] = "never"
    if not os.access(env.get("UV_CACHE_DIR") or home(), os.W_OK):
        env["UV_CACHE_DIR"] = str(ROOT / ".dev" / "cache")
    return env


def make_uv() -> Path:
    """Have uv in an environment of its own, from its hashed lock by pip."""
    lock = LOCKS / "uv.txt"
    made_of = fingerprint(lock)
    if not is_ready(UV_VENV, made_of):
        say("== uv")
        shutil.rmtree(UV_VENV, ignore_errors=True)
        make_bare_venv(UV_VENV)
        pip = ("-m", "pip", "--disable-pip-version-check", "-q", "install", "--require-hashes")
        must([program("python", UV_VENV), *pip, "-r", lock], clean_environment())
        stamp(UV_VENV).write_text(made_of)
    return program("uv", UV_VENV)


def make_bare_venv(place: Path) -> None:
    """Make an environment with pip."""
    if not has_venv():
        raise Problem(f"{base_python()} lacks its modules venv and ensurepip; install them.")
    must([base_python(), "-m", "venv", place], clean_environment())


def has_venv() -> bool:
    """Whether Python can make environments: Debian has the parts in a package of its own."""
    return output([base_python(), "-c", "import ensurepip, venv"]) is not None


def make_venv() -> None:
    """Have .venv with all that the locks name, byte-compiled, and this checkout in it."""
    lock = LOCKS / "dev.txt"
    made_of = fingerprint(lock, ROOT / "pyproject.toml")
    if is_ready(VENV, made_of):
        return
    uv, env = make_uv(), clean_environment()
    say("== .venv")
    half_made = not stamp(VENV).exists()
    stamp(VENV).unlink(missing_ok=True)
    if half_made or output([program("python"), "-c", ""]) is None or not same_python():
        must([uv, "venv", "-q", "--clear", "--python", base_python(), VENV], env)
    options = ("-q", "--python", program("python"), "--compile-bytecode")
    must([uv, "pip", "sync", *options, "--require-hashes", lock], env)
    this = ("--no-deps", "--no-build-isolation", "-e", ROOT)
    must([uv, "pip", "install", *options, *this], env)
    stamp(VENV).write_text(made_of)


def same_python() -> bool:
    """Whether .venv was made of the Python that runs this."""
    return output([program("python"), "-c", "import sys; print(sys.version)"]) == f"{sys.version}\n"


def make_tpm() -> None:
    """Have what speaks to a TPM in .venv too, compiled here: only the tests need it."""
    lock, mark = LOCKS / "tpm.txt", VENV / "countersign-tpm-stamp"
    made_of = fingerprint(lock) + (stamp_of(VENV) or "")
    if mark.exists() and mark.read_text() == made_of:
        return
    say("== tpm2-pytss")
    options = ("-q", "--python", program("python"), "--compile-bytecode", "--require-hashes")
    must([make_uv(), "pip", "install", *options, "-r", lock], clean_environment())
    mark.write_text(made_of)


def make_node() -> None:
    """Have Twilio's Node client, which some tests drive, from its hashed lock by npm."""
    files = [NODE_LOCK / name for name in ("package.json", "package-lock.json")]
    made_of = fingerprint(*files)
    if (NODE / "node_modules").exists() and stamp_of(NODE) == made_of:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise Problem("The tests with --full need Node.js and npm.")
    say("== Twilio's Node client")
    stamp(NODE).unlink(missing_ok=True)
    NODE.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copy(file, NODE)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    must([npm, "ci", "--prefix", NODE, *quiet], quiet=True)
    stamp(NODE).write_text(made_of)


def set_up(packages: Sequence[str]) -> None:
    """Do whatever is still to be done before a command can run."""
    venv = () if UV_VENV.exists() or has_venv() else ("python3-venv",)
    install_packages([*packages, *venv])
    make_venv()
    if "libtss2-dev" in packages and sys.platform == "linux":
        make_tpm()
    if set(NODE_PACKAGES) <= set(packages):
        make_node()


# --- what no committed file may say

REGISTRY = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|crates\.io|anaconda\.org)\b"
    r"|^\s*--(?:extra-)?index-url|^\s*--find-links",
    re.MULTILINE,
)


def committed_files() -> list[Path]:
    """List what is committed or would be; nothing where there is no git."""
    listing = output(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
    return [ROOT / name for name in sorted(set((listing or "").split("\0"))) if name]


def places_of_this_machine() -> re.Pattern[str]:
    """Match the paths that only this machine has."""
    places = {str(ROOT), f"{home()}/", sys.prefix, sys.base_prefix}
    # A short one, such as /usr or /app, is no machine's own.
    told = [each for each in places - {"/usr/local"} if each.count("/") > 1]
    return re.compile(rf"(?<![\w./-])(?:{'|'.join(map(re.escape, told)) or '(?!)'})")


def tells(text: str, places: re.Pattern[str]) -> list[str]:
    """Return what a text says of a registry or of this machine."""
    return [
        match.group().strip() for pattern in (REGISTRY, places) for match in pattern.finditer(text)
    ]


def check_committed() -> int:
    """Say which committed files name a registry's host or a path of this machine."""
    places, found = places_of_this_machine(), 0
    for file in committed_files():
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # deleted and not yet committed, or binary
        for word in tells(text, places):
            say(f"{file.relative_to(ROOT)}: names {word}")
            found += 1
    return int(found > 0)


# --- the commands


def in_venv(module: str, *arguments: str) -> Callable[[], int]:
    """Return what runs a tool of .venv."""
    return lambda: run([program("python"), "-m", module, *arguments])


def checks() -> dict[str, Callable[[], int]]:
    """Name the checks that need no test to run."""
    return {
        "format": in_venv("ruff", "format", "--check", "."),
        "lint": in_venv("ruff", "check", "."),
        "types": in_venv("mypy"),
        "imports": lambda: run([program("lint-imports")]),
        "committed files": check_committed,
    }


def test(rest: list[str]) -> int:
    """Run every check and then the tests; pytest's summary ends it where all is well."""
    set_up(FULL_PACKAGES if "--full" in rest else TEST_PACKAGES)
    failed = []
    for name, check in checks().items():
        say(f"== {name}")
        if check():
            failed.append(name)
    say("== tests")
    with tempfile.TemporaryDirectory() as place:
        ran = Path(place) / "ran"
        env = {**os.environ, "PYTEST_COUNTERSIGN_RAN": str(ran)}
        pytest = (program("python"), "-m", "pytest")
        runs = [run([*pytest, *each, *rest], env) for each in parts(rest)]
        if any(runs):
            failed.append("tests")
        if at_once(rest) and promises(ran, rest):
            failed.append("promises")
    if failed:
        say(f"FAILED: {', '.join(failed)}")
    return int(bool(failed))


def promises(ran: Path, rest: Sequence[str]) -> int:
    """Check that the tests by which SECURITY.md's promises are held are among those that passed."""
    status = 0
    kinds = [["--full"]] if "-m" in rest else [[], ["--full"]] if "--full" in rest else [[]]
    for kind in kinds:
        status |= in_venv("tests.harness.promises", str(ran), *kind)()
    return status


def at_once(rest: Sequence[str]) -> tuple[str, ...]:
    """Return what has pytest use all cores, a file at a time; not where a part was asked for."""
    whole = set(rest) <= {"--full", "-m", "full"}
    return ("-n", "auto", "--maxprocesses", "4", *BY_FILE) if whole else ()


def parts(rest: Sequence[str]) -> list[tuple[str, ...]]:
    """Return pytest's runs: the tests that watch a screen have the machine to themselves."""
    together = at_once(rest)
    if not together or "-m" in rest:
        return [together]
    return [(*together, *(f"--ignore={place}" for place in ALONE)), ALONE]


def tool(module: str, *arguments: str) -> Callable[[list[str]], int]:
    """Return a command that is one tool of .venv."""

    def command(rest: list[str]) -> int:
        set_up(())
        return in_venv(module, *arguments, *rest)()

    return command


def app(*arguments: str, packages: Sequence[str] = RUNTIME_PACKAGES) -> Callable[[list[str]], int]:
    """Return a command that is the app's own."""

    def command(rest: list[str]) -> int:
        set_up(packages)
        return run([program("countersign"), *arguments, *rest])

    return command


def screenshots(rest: list[str]) -> int:
    """Render every screen and state."""
    set_up(TEST_PACKAGES)
    return in_venv("tests.screenshots", *rest)()


def translate(rest: list[str]) -> int:
    """Extract the window's words and compile their translations."""
    set_up(RUNTIME_PACKAGES)
    return in_venv("tests.translations", *rest)()


def benchmark(rest: list[str]) -> int:
    """Measure, and write what came out."""
    set_up(SERVER_PACKAGES)
    return in_venv("tests.benchmarks", *rest)()


def fuzz(rest: list[str]) -> int:
    """Fuzz the parsers."""
    set_up(())
    return in_venv("tests.fuzz", *rest)()


def supply(command: str) -> Callable[[list[str]], int]:
    """Return what tells of the supply chain."""

    def handle(rest: list[str]) -> int:
        set_up(())
        return in_venv("tests.supply", command, *rest)()

    return handle


def imports(rest: list[str]) -> int:
    """Check who imports whom."""
    set_up(())
    return run([program("lint-imports"), *rest])


def setup(rest: list[str]) -> int:
    """Set everything up, the tests' needs included."""
    if rest:
        raise Problem("setup takes no arguments")
    set_up(TEST_PACKAGES)
    say(f"Ready: {VENV}")
    return 0


def compile_lock(name: str, source: Sequence[str | Path], into: Path, options: list[str]) -> None:
    """Lock one list of requirements, for every supported Python and system at once."""
    command = (make_uv(), "pip", "compile", "-q", "--universal", "--python-version", "3.11")
    # Nothing in it that depends on who ran this and where.
    plain = ("--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url")
    whole = [*command, *plain, *source, "-o", into / f"{name}.txt", *options]
    must(whole, clean_environment())


def lock(rest: list[str]) -> int:
    """Write the locks anew from pyproject.toml, or only compare them."""
    if unknown := set(rest) - {"--check", "--upgrade"}:
        raise Problem(f"lock doesn't know {' '.join(unknown)}")
    options = ["--upgrade"] if "--upgrade" in rest else []
    groups = [part for group in ("test", "lint", "build", "release") for part in ("--group", group)]
    with tempfile.TemporaryDirectory() as place:
        new = Path(place)
        for old in LOCKS.glob("*.txt"):
            shutil.copy(old, new)  # what is locked stays so, unless it is to be upgraded
        project = ROOT / "pyproject.toml"
        (new / "uv.in").write_text("uv\n")
        compile_lock("uv", [new / "uv.in"], new, options)
        extras = ("--extra", "sandbox", "--extra", "sandbox-postgres")
        compile_lock("dev", [project, *extras, *groups], new, options)
        same = ("--constraints", new / "dev.txt")
        compile_lock("tpm", [project, "--extra", "tpm", *same], new, options)
        # The app is tested with the versions that it is shipped with.
        compile_lock("app", [project, *same], new, options)
        return install_locks(new, only_compare="--check" in rest)


def install_locks(new: Path, *, only_compare: bool) -> int:
    """Put changed locks in their place, or say that they differ."""
    changed = []
    for file in sorted(new.glob("*.txt")):
        old = LOCKS / file.name
        if not old.exists() or old.read_bytes() != file.read_bytes():
            changed.append(f"requirements/{file.name}")
            if not only_compare:
                shutil.copy(file, old)
    say(f"{'differ' if only_compare else 'written'}: {', '.join(changed) or 'none'}")
    return int(only_compare and bool(changed))


HANDLERS: dict[str, Callable[[list[str]], int]] = {
    "demo": app("demo", packages=DEMO_PACKAGES),
    "test": test,
    "lint": tool("ruff", "check"),
    "format": tool("ruff", "format"),
    "types": tool("mypy"),
    "imports": imports,
    "run": app(),
    "sandbox": app("sandbox"),
    "benchmark": benchmark,
    "fuzz": fuzz,
    "screenshots": screenshots,
    "translate": translate,
    "lock": lock,
    "sbom": supply("sbom"),
    "audit": supply("audit"),
    "setup": setup,
}


def main(arguments: list[str]) -> int:
    """Run one command; its exit status."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        usage="python3 dev.py COMMAND [...]",
        description=__doc__,
        epilog=COMMANDS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=HANDLERS, help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    known = parser.parse_args(arguments)
    rest = known.rest[1:] if known.rest[:1] == ["--"] else known.rest
    try:
        return HANDLERS[known.command](rest)
    except (Problem, OSError) as problem:
        print(f"dev.py: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - said in words, before anything breaks
        sys.exit("dev.py: Countersign needs Python 3.11 or newer.")
    sys.exit(main(sys.argv[1:]))
