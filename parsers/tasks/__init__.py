"""Tasks given to bodies, and the bodies."""
