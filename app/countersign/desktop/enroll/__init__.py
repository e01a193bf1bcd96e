"""Adding an account: the first start, and the dialog from a link or typed words to a check."""
