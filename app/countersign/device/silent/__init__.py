"""Silent approval: off by default, armed by a click, bounded in time and number (design §5)."""
