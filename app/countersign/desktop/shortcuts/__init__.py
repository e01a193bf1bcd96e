"""The keyboard: one table of shortcuts, from which they are installed and listed."""
