"""Dates, periods, deadlines and the time that a phrase speaks of."""
