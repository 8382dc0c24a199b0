"""Figures and targets in sentences, and what phrases mean."""
