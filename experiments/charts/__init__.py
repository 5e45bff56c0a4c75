"""Finished charts: same look, units on the axes, names beside the lines, intervals as bands."""
