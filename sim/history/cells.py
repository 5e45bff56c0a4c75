"""Turns the columns of a file into names, minutes and numbers; the first cells that will not turn are named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.errors import DataError
from sim.history.lines import Labels

_ZONE = r"(?i)(:\d\d(?:\.\d+)?)\s*(?:z|[-+]\d\d:?\d\d)$"
Read = TypeVar("Read")
LARGEST_QUANTITY = 1_000_000_000
LARGEST_PRICE = 1e9
MOST_SHOWN = 10
"""Bad cells that a message names; a file with more of them is usually wrong in the same way throughout."""


class BadCellsError(DataError):
    """Cells of one column that cannot be used, by their row in the file."""

    def __init__(self, cells: dict[int, str]) -> None:
        self.cells = cells
        super().__init__(*cells.values())


class Collected:
    """The bad cells of several columns, to be told together, by row."""

    def __init__(self) -> None:
        self._cells: list[tuple[int, str]] = []

    def attempt(self, read: Callable[[], Read], otherwise: Read) -> Read:
        """What ``read`` gives; ``otherwise``, when it meets bad cells."""
        try:
            return read()
        except BadCellsError as bad:
            self._cells += bad.cells.items()
            return otherwise

    def check(self) -> None:
        """Raises a DataError with the first bad cells, if there are any."""
        if not self._cells:
            return
        told = [text for _, text in sorted(self._cells)]
        more = ["further cells are wrong too"] if len(told) > MOST_SHOWN else []
        raise DataError(*told[:MOST_SHOWN], *more)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An opened file: its table, and what messages call its rows.

    Attributes:
        origin: File, for messages.
        table: A ``pyarrow.Table``.
        row: Row of each entry in the file; shape (rows,).
    """

    origin: str
    table: Any
    row: NDArray[np.int64]

    def fault(self, column: str, indexes: Iterable[int], allowed: str) -> BadCellsError:
        """The error that names file, row, column, value and what would be accepted, of the first such cells."""
        cells = {}
        for index in islice(indexes, MOST_SHOWN + 1):
            value, row = self.table.column(column)[int(index)].as_py(), int(self.row[index])
            shown = "the cell is empty (or NA)" if value is None else f"'{value}'"
            cells[row] = f"file '{self.origin}', row {row}, column '{column}': {shown}; {allowed}"
        return BadCellsError(cells)

    def labels(self, column: str, required: bool = True) -> Labels:
        """A column of names; numbers become their digits (a float 17850.0 the name ``17850``).

        Raises:
            DataError: an empty cell, if a name is required.
        """
        cells = self._filled(column, "a name is needed") if required else self.table.column(column)
        coded = cells.combine_chunks().dictionary_encode()
        coded = coded if not hasattr(coded, "combine_chunks") else coded.combine_chunks()
        codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        spelled = [_name(value) for value in coded.dictionary.to_pylist()] or [""]
        names, same = np.unique(np.array(spelled, dtype=np.str_), return_inverse=True)
        merged = np.where(codes >= 0, same[codes], -1).astype(np.int64)
        empty = np.flatnonzero(names == "")
        if len(empty):
            merged[merged == empty[0]] = -1
        if required:
            self.check(column, merged >= 0, "a name is needed")
        return Labels(merged, names)

    def minutes(self, column: str, time_format: str | None) -> NDArray[np.int64]:
        """A column of times as whole minutes since 1970-01-01 00:00, zones dropped.

        Raises:
            DataError: an empty cell or one that is no time.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        wanted = (
            f"a time as '{time_format}' is needed"
            if time_format
            else "a time such as '2017-01-31 14:05' is needed"
        )
        cells = self._filled(column, wanted)
        if pa.types.is_timestamp(cells.type) and cells.type.tz is not None:
            cells = pc.local_timestamp(cells)
        if not (
            pa.types.is_temporal(cells.type)
            or pa.types.is_string(cells.type)
            or pa.types.is_large_string(cells.type)
        ):
            raise self.fault(column, range(len(cells)), wanted)

        def parse(part: Any) -> Any:
            if pa.types.is_temporal(part.type):
                return part.cast(pa.timestamp("s"), safe=False)
            part = pc.utf8_trim_whitespace(part)
            if time_format is not None:
                times = pc.strptime(part, format=time_format, unit="s", error_is_null=True)
                if times.null_count:
                    raise pa.ArrowInvalid("does not follow the format")
                return times
            return (
                pc.replace_substring_regex(part, _ZONE, r"\1")
                .cast(pa.timestamp("ns"))
                .cast(pa.timestamp("s"), safe=False)
            )

        seconds = self._converted(column, cells, parse, wanted)
        return np.asarray(seconds.cast(pa.int64()).to_numpy(), np.int64) // 60

    def numbers(self, column: str, wanted: str) -> NDArray[np.float64]:
        """A column of finite numbers.

        Raises:
            DataError: an empty cell, or one that is no finite number.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        cells = self._filled(column, wanted)

        def parse(part: Any) -> Any:
            text = pa.types.is_string(part.type) or pa.types.is_large_string(part.type)
            return (pc.utf8_trim_whitespace(part) if text else part).cast(pa.float64())

        values = np.asarray(self._converted(column, cells, parse, wanted).to_numpy(), np.float64)
        self.check(column, np.isfinite(values), wanted)
        return values

    def check(self, column: str, good: NDArray[np.bool_], allowed: str) -> None:
        """Raises the fault of the rows where ``good`` is false."""
        if not good.all():
            raise self.fault(column, np.flatnonzero(~good).tolist(), allowed)

    def _filled(self, column: str, wanted: str) -> Any:
        cells = self.table.column(column)
        if cells.null_count:
            self.check(column, cells.is_valid().to_numpy(), wanted)
        return cells

    def _converted(self, column: str, cells: Any, parse: Callable[[Any], Any], wanted: str) -> Any:
        """All cells parsed at once; if that fails, the bad ones are found by halving."""
        import pyarrow as pa

        failures = (pa.ArrowInvalid, pa.ArrowNotImplementedError)

        def bad(low: int, high: int) -> Iterator[int]:
            try:
                parse(cells.slice(low, high - low))
            except failures:
                if high - low == 1:
                    yield low
                else:
                    middle = (low + high) // 2
                    yield from bad(low, middle)
                    yield from bad(middle, high)

        try:
            return parse(cells)
        except failures:
            raise self.fault(column, bad(0, len(cells)), wanted) from None


def _name(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
