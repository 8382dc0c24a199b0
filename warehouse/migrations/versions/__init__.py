"""One module a revision, from the first table on."""
