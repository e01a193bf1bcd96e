"""The settings: what they look like, and who follows them."""
