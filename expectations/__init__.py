"""Checks of records before they are loaded; knows nothing of storage."""
