"""The tray icon: drawn by state and number, with a menu; it may come late and go again."""
