"""What happened in a run: the rows, the proof that they add up, and frames to look at."""
