"""Countersign approves sign-ins from a desktop: the device side of Twilio Verify Push."""

__version__ = "0.1.0"
