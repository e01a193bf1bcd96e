"""Silent approval in the window: begun by a click, seen while it is on, ended by another."""
