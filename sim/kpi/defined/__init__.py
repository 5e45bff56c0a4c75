"""The indicators' definitions, one file a group."""
