"""A local Verify Push service. Imports no other layer of ours: it must not share our bugs."""
