"""The console: one page that shows all that the sandbox has, live, and steers it.

Whatever it changes, it changes by calls of the control API.
"""

from countersign.sandbox.console.routes import routes

__all__ = ["routes"]
