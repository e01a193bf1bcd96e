"""The lists of the window: what waits, whose it is, what was answered."""
