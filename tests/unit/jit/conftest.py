"""A small package of kernels in a folder of its own."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.unit.jit.small_package import SmallPackage

collect_ignore_glob = [] if find_spec("numba") else ["test_*.py"]  # without Numba nothing is compiled


@pytest.fixture
def package(tmp_path: Path) -> SmallPackage:
    """Kernels that are started as new processes."""
    return SmallPackage(tmp_path)
