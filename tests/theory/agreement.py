"""When a simulation agrees with theory, and whether it was long enough to tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from scipy.stats import norm, t

STANDARD_ERRORS = 4
ERROR_PROBABILITY = float(2 * norm.sf(STANDARD_ERRORS))
"""With which one comparison fails by chance: 6.3e-5, that of four standard errors; seeds are fixed."""


def assert_agrees(
    sample: Any, exact: float, wrong: float, controls: Iterable[tuple[Any, float]] = ()
) -> None:
    """The mean over independent replications lies within four standard errors of the exact value.

    And it would not have, had theory been asked for a slightly ``wrong`` world. The band is Student's at the error
    probability of four normal standard errors.

    Args:
        sample: One value a replication.
        exact: What theory says.
        wrong: What theory says when an input is off by a little (usually 1 %). It must lie outside the band, or the
            comparison was too short to be worth anything.
        controls: Other values of the same replications with their own exact means. What they missed by explains part
            of what the sample missed by (control variates: Law 2015, section 11.4). They must agree themselves, or
            they would explain an error away.
    """
    controls = [(np.asarray(values, float), known) for values, known in controls]
    for values, known in controls:
        mean, half = estimate(values, [])
        assert abs(mean - known) <= half, f"a control is {mean:.6g} ± {half:.2g} and should be {known:.6g}"
    mean, half = estimate(np.asarray(sample, float), controls)
    assert abs(mean - exact) <= half, f"simulated {mean:.6g} ± {half:.2g}, exact {exact:.6g}"
    assert abs(wrong - exact) > half, f"± {half:.2g} cannot tell {exact:.6g} from {wrong:.6g}: simulate more"


def estimate(sample: np.ndarray[Any, Any], controls: list[tuple[Any, float]]) -> tuple[float, float]:
    """Mean of a sample and half the width of its band, corrected for what its controls are known to miss by."""
    errors = [np.asarray(values, float) - known for values, known in controls]
    varying = [error for error in errors if np.ptp(error) > 0]  # a constant lead time explains nothing
    design = np.column_stack([np.ones(len(sample)), *varying])
    weights, *_ = np.linalg.lstsq(design, sample)
    freedom = len(sample) - design.shape[1]
    residuals = sample - design @ weights
    variance = residuals @ residuals / freedom * np.linalg.inv(design.T @ design)[0, 0]
    return float(weights[0]), float(t.isf(ERROR_PROBABILITY / 2, freedom) * np.sqrt(variance))
