"""Studies: compose settings, run points times replications, and report what came out."""
