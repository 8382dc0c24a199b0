"""Evidence to records, by pure functions: no file, clock, environment or network."""
