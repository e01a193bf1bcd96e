"""Which language the window speaks, and how it writes a time of day."""
