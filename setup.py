"""Adds to pyproject.toml the one thing it cannot say: the top folder `configs/` travels inside `experiments`.

In a clone the settings stay where people look for them, beside the code. In an installed copy they are
`experiments/_configs`, so that no module named `configs` is put into somebody's environment.
`experiments.locations.config_folder()` finds either.
"""

from setuptools import find_packages, setup

setup(
    packages=[
        *find_packages(include=["sim", "sim.*", "experiments", "experiments.*"]),
        "experiments._configs",
    ],
    package_dir={"experiments._configs": "configs"},
    package_data={
        "": ["py.typed", "**/*.j2", "**/*.yaml", "**/*.json", "**/*.css", "**/*.js", "**/*.csv"],
    },
)
