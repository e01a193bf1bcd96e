"""Many requests at once: folded into one entry, warned of, denied together."""
