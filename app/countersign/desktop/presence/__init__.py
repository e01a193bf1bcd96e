"""Whether the user is here: the window's focus, the screen's lock, the computer's sleep."""
