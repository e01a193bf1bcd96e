"""The window, in Qt. The only layer (with `testing`) that imports PySide6 and qasync."""
