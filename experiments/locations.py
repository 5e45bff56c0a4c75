"""Where the settings are: beside the code in a clone, inside the package in an installed copy."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_configs"
_CLONED = _PACKAGE.parent / "configs"
_MARK = "config.yaml"  # a folder that merely happens to be called `configs` does not hold our main file


def config_folder() -> Path:
    """Return the absolute folder of the settings that ship with the simulator.

    >>> (config_folder() / "config.yaml").is_file()
    True
    """
    for folder in (_INSTALLED, _CLONED):
        if (folder / _MARK).is_file():
            return folder
    raise FileNotFoundError(
        f"the simulator's settings are missing: neither {_INSTALLED / _MARK} nor {_CLONED / _MARK} exists; "
        "install stockout-sim again, or run it from a complete clone"
    )
