"""Groups of commands, each a module; ``flows.cli`` brings them together."""
