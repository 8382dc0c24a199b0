"""A file to evidence: the only place where a PDF, an image or a binary is touched."""
