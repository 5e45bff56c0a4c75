"""The command ``stockout-sim``: settings in, a folder with numbers, charts and a report out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from rich.console import Console

from sim.errors import ConfigError, Problem, StockoutSimError

OK, FAILED, WRONG_INPUT, STOPPED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code: 0 done, 1 failed, 2 wrong input, 130 stopped by the user."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        return _main(list(sys.argv[1:] if arguments is None else arguments), console)
    except StockoutSimError as error:
        print(f"stockout-sim: {error}", file=sys.stderr)
        return WRONG_INPUT if isinstance(error, ValueError) else FAILED
    except KeyboardInterrupt:
        print("stockout-sim: stopped", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # `stockout-sim --help | head`
        sys.stderr.close()
        return FAILED


def _main(arguments: list[str], console: Console) -> int:
    options = _options(arguments)
    if options.version:
        from experiments.identity import package_versions

        print(f"stockout-sim {package_versions(('stockout-sim',))['stockout-sim']}")
        return OK
    from experiments.library import open_library

    with open_library([Path(folder) for folder in options.config_dir]) as library:
        if options.help:
            from experiments.help import help_text

            print(help_text(library), end="")
            return OK
        from experiments.compose import compose_study
        from experiments.design import design_study

        composition = compose_study(library, options.settings)
        study = design_study(composition, options.settings, options.config_dir)
    for note in composition.notes:
        console.print(f"note: {note}", markup=False)
    if options.cfg:
        from experiments.summary import settings_text

        print(settings_text(study), end="")
        return OK
    from experiments.session import run_and_report

    return run_and_report(study, console)


class _Parser(argparse.ArgumentParser):
    """Reports an unknown option as every other problem is reported."""

    def error(self, message: str) -> NoReturn:
        raise ConfigError([Problem("command line", None, f"{message}; see stockout-sim --help")])


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("-h", "--help", action="store_true")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("-m", "--multirun", action="store_true")
    parser.add_argument("-c", "--cfg", nargs="?", const="job", choices=("job",))
    parser.add_argument("-cd", "--config-dir", action="append", default=[])
    parser.add_argument("settings", nargs="*")
    return parser.parse_intermixed_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
