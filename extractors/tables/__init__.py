"""Tables as lines and gaps make them, on a page of text and on a scan alike."""
