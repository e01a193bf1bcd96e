"""One request: shown exactly as it will be signed, answered once, and what became of it."""
