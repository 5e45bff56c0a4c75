"""Observed values in one column of a CSV or Parquet file: lead times that a firm has measured, for example."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sim.errors import nearest

Cells = Iterable[tuple[int, Any]]


def read_column(file: Path, column: str | None) -> list[float]:
    """Numbers of one column of a CSV (with a header) or Parquet file; empty cells are left out.

    Args:
        file: Where it is, as seen from where the command runs.
        column: Its name; None: the file has only one.

    Raises:
        ValueError: no such file or column, no number at all, or a cell that is not a number of 0 or more; file, row,
            column and value are named (rows as a spreadsheet counts them, the header is row 1).
    """
    if not file.is_file():
        raise ValueError(f"file '{file}' does not exist (looked for {file.resolve()})")
    name, cells = (_parquet if file.suffix == ".parquet" else _csv)(file, column)
    numbers = [
        _number(cell, f"file '{file}', row {row}, column '{name}'")
        for row, cell in cells
        if cell not in (None, "")
    ]
    if not numbers:
        raise ValueError(f"file '{file}', column '{name}' holds no number")
    return numbers


def _csv(file: Path, column: str | None) -> tuple[str, Cells]:
    try:
        with file.open(newline="", encoding="utf-8-sig") as handle:
            reader = csv.DictReader(handle)
            name = _pick(column, list(reader.fieldnames or ()), file)
            return name, [(reader.line_num, row[name]) for row in reader]
    except (csv.Error, UnicodeDecodeError) as error:
        raise ValueError(f"file '{file}' cannot be read as CSV in UTF-8: {error}") from None


def _parquet(file: Path, column: str | None) -> tuple[str, Cells]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(file)
    except (pa.ArrowException, OSError) as error:
        raise ValueError(f"file '{file}' cannot be read as Parquet: {error}") from None
    name = _pick(column, table.column_names, file)
    return name, enumerate(table.column(name).to_pylist(), start=2)


def _number(cell: Any, place: str) -> float:
    try:
        number = float(cell)
    except (TypeError, ValueError):
        raise ValueError(f"{place}: '{cell}' is not a number") from None
    if not (math.isfinite(number) and number >= 0):
        raise ValueError(f"{place}: '{cell}' must be a finite number of 0 or more")
    return number


def _pick(column: str | None, names: list[str], file: Path) -> str:
    if column is None and len(names) == 1:
        return names[0]
    listed = ", ".join(names) or "none"
    if column is None:
        raise ValueError(f"file '{file}' has the columns {listed}: say which with 'column'")
    if column not in names:
        hint = nearest(column, names)
        meant = f"; did you mean '{hint}'?" if hint else ""
        raise ValueError(f"file '{file}' has no column '{column}'; it has {listed}{meant}")
    return column
