"""Opens CSV, Parquet and XLSX files as Arrow tables that hold just the columns asked for."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sim.errors import DataError, nearest
from sim.history.cells import MOST_SHOWN

_HEADER_BYTES = 1 << 16


def open_table(file: Path, columns: Sequence[str]) -> tuple[Any, int]:
    """The named columns of a file as a ``pyarrow.Table``, and the number of its first row of data.

    Rows are numbered as a person would find them: the header of a CSV or XLSX file is row 1, the first row of a
    Parquet file is row 1.

    Raises:
        DataError: no such file, a file of another kind, a column that is missing, a file that cannot be read.
    """
    readers: dict[str, Callable[[Path, Sequence[str]], tuple[Any, int]]] = {
        ".csv": _csv, ".txt": _csv, ".tsv": _csv, ".parquet": _parquet, ".xlsx": _xlsx,
    }  # fmt: skip
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise DataError(f"file '{file}': '{file.suffix}' files cannot be read; there is {', '.join(readers)}")
    if not file.is_file():
        raise DataError(f"file '{file}' does not exist{_neighbour(file)}")
    return reader(file, columns)


def _neighbour(file: Path) -> str:
    if not file.parent.is_dir():
        return f"; nor does the folder '{file.parent}'"
    found = nearest(file.name, (entry.name for entry in file.parent.iterdir()))
    return f"; did you mean '{file.parent / found}'?" if found else ""


def _require(file: Path, columns: Sequence[str], present: Sequence[str]) -> None:
    for column in columns:
        if column not in present:
            near = nearest(column, present) or nearest(
                column.lower(), [name for name in present if name.islower()]
            )
            hint = f"; did you mean '{near}'?" if near else "."
            raise DataError(
                f"file '{file}' has no column '{column}'; it has {', '.join(present) or 'none'}{hint} "
                "Name the file's own columns under market.history.columns."
            )


def _csv(file: Path, columns: Sequence[str]) -> tuple[Any, int]:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    names, delimiter = _header(file)
    _require(file, columns, names)
    bad_rows: list[str] = []

    def note(row: Any) -> str:
        bad_rows.append(
            f"row {row.number} has {row.actual_columns} cells where the header has {row.expected_columns}"
        )
        return "skip"

    try:
        table = arrow_csv.read_csv(
            file,
            arrow_csv.ReadOptions(use_threads=False),  # rows are numbered only on one thread
            arrow_csv.ParseOptions(delimiter=delimiter, invalid_row_handler=note, newlines_in_values=True),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.string()),
                include_columns=list(dict.fromkeys(columns)),
                strings_can_be_null=True,
                null_values=["", "NULL", "null", "NA", "N/A"],
            ),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise DataError(f"file '{file}': cannot be read as CSV in UTF-8: {error}") from None
    if bad_rows:
        more = ["further rows are wrong too"] if len(bad_rows) > MOST_SHOWN else []
        raise DataError(*(f"file '{file}': {row}" for row in bad_rows[:MOST_SHOWN]), *more)
    return (_with_decimal_points(table) if delimiter == ";" else table), 2


def _header(file: Path) -> tuple[list[str], str]:
    """Names in the first line and the delimiter that cuts it into the most cells."""
    with file.open("rb") as handle:
        line = handle.read(_HEADER_BYTES).decode("utf-8-sig", errors="replace").split("\n", 1)[0].rstrip("\r")
    if not line:
        raise DataError(f"file '{file}' is empty; its first line must name the columns")
    delimiter = max(",;\t", key=line.count)
    return next(csv.reader([line], delimiter=delimiter)), delimiter


def _with_decimal_points(table: Any) -> Any:
    """Numbers such as 12,50, as spreadsheets write them together with semicolons, with a decimal point."""
    import pyarrow.compute as pc

    for place, name in enumerate(table.column_names):
        column = pc.replace_substring_regex(table.column(name), r"^(\s*[-+]?\d+),(\d+\s*)$", r"\1.\2")
        table = table.set_column(place, name, column)
    return table


def _parquet(file: Path, columns: Sequence[str]) -> tuple[Any, int]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        present = pq.read_schema(file).names
        _require(file, columns, present)
        return pq.read_table(file, columns=list(dict.fromkeys(columns))), 1
    except (pa.ArrowInvalid, OSError) as error:
        raise DataError(f"file '{file}' cannot be read as Parquet: {error}") from None


def _xlsx(file: Path, columns: Sequence[str]) -> tuple[Any, int]:
    """First sheet; every cell becomes the text that a CSV file would hold."""
    try:
        from python_calamine import CalamineError, load_workbook
    except ImportError:
        raise DataError(
            f"file '{file}': reading XLSX needs the package python-calamine; install stockout-sim[excel]"
        ) from None
    import pyarrow as pa

    try:
        rows = load_workbook(str(file)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise DataError(f"file '{file}' cannot be read as XLSX: {error}") from None
    if not rows:
        raise DataError(f"file '{file}' is empty; the first row of its first sheet must name the columns")
    names = [str(cell).strip() for cell in rows[0]]
    _require(file, columns, names)
    cells = {
        name: pa.array([_text(row[names.index(name)]) for row in rows[1:]], pa.string()) for name in columns
    }
    return pa.table(cells), 2


def _text(cell: Any) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # a spreadsheet holds every number as a float; an id is not "536365.0"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
