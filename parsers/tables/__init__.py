"""Tables: heads, rows, equations and the figures in the cells."""
