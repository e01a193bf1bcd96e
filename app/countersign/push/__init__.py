"""The Verify Push protocol as a device speaks it. Imports no other layer of ours."""
