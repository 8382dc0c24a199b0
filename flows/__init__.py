"""Prefect flows, settings and the command line: thin, no business logic."""
