"""One account: its details, removing it, and finishing one that isn't finished."""
