"""A document's head and end: number, issuer, signature, papers cited, annexes."""
