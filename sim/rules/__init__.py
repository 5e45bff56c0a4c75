"""What is decided and how state changes: each rule once, over attribute names, for every engine."""
