"""The same desk as for adding accounts."""

from tests.desktop.enroll.conftest import desk, sandbox

__all__ = ["desk", "sandbox"]
