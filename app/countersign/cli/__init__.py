"""The command line: knows every layer and wires them together. `main` is all that others use."""

from __future__ import annotations

from countersign.cli.main import main

__all__ = ["main"]
