"""The state of a running world, and the calendar's phases."""
