"""Desktop notifications: what is told of a request, and the desktop's own ways to tell it."""
