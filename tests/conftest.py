"""What holds for all tests."""

from __future__ import annotations

from hypothesis.internal.conjecture import providers

# Hypothesis mixes numbers it finds in our own source into its examples: with every line that is written anywhere,
# other worlds were generated, and now and then such as reach less. Without them examples depend on the test alone.
providers._get_local_constants = lambda: providers._local_constants
