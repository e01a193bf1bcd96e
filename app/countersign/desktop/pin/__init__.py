"""The lock over the window: its page, its dialogs, and what locks it."""
