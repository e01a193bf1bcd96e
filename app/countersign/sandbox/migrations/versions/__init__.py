"""One file a version, each with the number that comes next."""
