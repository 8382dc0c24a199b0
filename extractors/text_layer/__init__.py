"""Pages with a text layer: whether it may be believed, its words, lines and tables."""
