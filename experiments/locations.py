"""Where the settings are: beside the code in a clone, inside the package in an installed copy."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_configs"
_CLONED = _PACKAGE.parent / "configs"
_MARK = "config.yaml"  # a folder that merely happens to be called `configs` does not hold our main file


_GROUPS = ("market", "plan", "study")


def own_folder() -> list[Path]:
    """The user's own folder ``configs`` where the command runs, if it holds settings and is not the shipped one."""
    own = Path.cwd() / "configs"
    holds = any(file for group in _GROUPS for file in (own / group).glob("**/*.yaml"))
    return [own] if holds and own.resolve() not in (_INSTALLED, _CLONED) else []


def shown_path(path: Path) -> str:
    """A path as the user would write it: relative to where he is, if it lies below."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


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
