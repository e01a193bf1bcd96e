"""Help for those who automate Countersign, our own tests first."""
