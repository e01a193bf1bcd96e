"""The app's life while its window isn't looked at: tray, notices, closing and coming back."""
