"""One answer of the past: what was shown then, and what became of it."""
