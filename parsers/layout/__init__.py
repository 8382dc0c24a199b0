"""Lines to paragraphs, documents and outlines."""
