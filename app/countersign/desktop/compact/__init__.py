"""The small window: one request at the side of what the user is doing."""
