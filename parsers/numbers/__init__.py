"""Numbers as papers print them: in cells, in words and in sentences."""
