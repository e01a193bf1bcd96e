"""The real ends of the device's ports: OS keyring, SQLite, paths. The only importer of both."""
