"""What this device holds and decides. Imports `push` alone; all else comes through its ports."""
