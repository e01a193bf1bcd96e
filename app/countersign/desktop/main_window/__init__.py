"""The main window: accounts, inbox, request, and the banner over them."""
