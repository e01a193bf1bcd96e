"""The rules that every test is held to. Each module of `tests.support` is one of them."""

pytest_plugins = [
    "tests.support.watch",
    "tests.support.environment",
    "tests.support.logs",
    "tests.support.network",
    "tests.support.tasks",
    "tests.support.blocking",
    "tests.support.threads",
    "tests.support.qt",
    "tests.support.fixtures",
    "tests.support.ran",
    "countersign.testing.qt",
]
