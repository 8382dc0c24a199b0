"""Pages that are pictures: made straight, their tables found, their words read."""
