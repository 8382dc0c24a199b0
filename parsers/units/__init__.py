"""Administrative units: names, kinds and official codes."""
