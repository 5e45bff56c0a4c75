"""Every kind of file gives the same order lines, and a bad file says where it is bad."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.errors import DataError
from sim.history.lines import OrderLines
from sim.history.readers import read_lines
from sim.history.source import HistorySource

GOOD = ("7", "2024-03-01 09:30", "ann", "tea", "2", "1.50")


def content(lines: OrderLines) -> list[tuple[Any, ...]]:
    """The lines as a person would write them down."""
    names = [label.names[label.codes] for label in (lines.order, lines.customer, lines.product, lines.site)]
    price = lines.price if lines.price is not None else np.full(len(lines), np.nan)
    return list(
        zip(*[n.tolist() for n in names], lines.minute.tolist(), lines.quantity.tolist(), price, strict=True)
    )


def minutes(text: str) -> int:
    """Minutes from 1970 to a local time."""
    return int(np.datetime64(text, "m").astype(np.int64))


def test_csv_gives_every_line_in_file_order(write_csv: Any) -> None:
    """A row of the file becomes one line with its names, minute, units and price."""
    lines = read_lines(write_csv([GOOD, ("8", "2024-03-02", "bob", "milk", "-1", "0.9")]))
    assert content(lines) == [
        ("7", "ann", "tea", "main", minutes("2024-03-01T09:30"), 2, 1.5),
        ("8", "bob", "milk", "main", minutes("2024-03-02T00:00"), -1, 0.9),
    ]


def test_parquet_and_csv_give_the_same_lines(write_csv: Any, tmp_path: Path) -> None:
    """Numbers, times and categories of a Parquet file mean what their text means in a CSV file."""
    table = pa.table({
        "order_id": [7, 8],
        "time": [datetime(2024, 3, 1, 9, 30), datetime(2024, 3, 2)],  # noqa: DTZ001  (shops keep local time)
        "customer": pa.array([17850.0, 12.0]),
        "product": pa.array(["tea", "milk"]).dictionary_encode(),
        "quantity": pa.array([2, -1], pa.int32()),
        "price": pa.array([1.5, 0.5], pa.float32()),
    })  # fmt: skip
    pq.write_table(table, tmp_path / "orders.parquet")
    rows = [
        ("7", "2024-03-01 09:30", "17850", "tea", "2", "1.5"),
        ("8", "2024-03-02", "12", "milk", "-1", "0.5"),
    ]
    assert content(read_lines(HistorySource(file=str(tmp_path / "orders.parquet")))) == content(
        read_lines(write_csv(rows))
    )


def test_xlsx_and_csv_give_the_same_lines(write_csv: Any, tmp_path: Path) -> None:
    """Ids that a spreadsheet holds as numbers keep their digits, dates that it holds as dates are times."""
    pytest.importorskip("python_calamine", reason="XLSX needs the extra stockout-sim[excel]")
    write_xlsx(tmp_path / "orders.xlsx")
    rows = [("536365", "2024-03-01 09:30", "17850", "tea", "2", "1.5")]
    assert content(read_lines(HistorySource(file=str(tmp_path / "orders.xlsx")))) == content(
        read_lines(write_csv(rows))
    )


def write_xlsx(file: Path) -> None:
    """The smallest workbook: one sheet, a header of texts, numbers for ids, a date cell for the time."""
    texts = ("order_id", "time", "customer", "product", "quantity", "price")
    header = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    moment = 45352 + 9.5 / 24  # days since 1899-12-30: 2024-03-01 09:30
    cells = f'<c><v>536365</v></c><c s="1"><v>{moment!r}</v></c><c><v>17850</v></c>'
    cells += '<c t="inlineStr"><is><t>tea</t></is></c><c><v>2</v></c><c><v>1.5</v></c>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="orders" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}/styles" '
        'Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>'
        "</styleSheet>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row>{header}</row><row>{cells}</row>'
        "</sheetData></worksheet>",
    }
    with ZipFile(file, "w") as book:
        for name, text in parts.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')


def test_semicolons_come_with_decimal_commas(tmp_path: Path) -> None:
    """A spreadsheet set to a language with decimal commas writes 1,50 between semicolons."""
    file = tmp_path / "orders.csv"
    file.write_text(
        "\ufefforder_id;time;customer;product;quantity;price\n7;2024-03-01;ann;tea;2;1,50\n", "utf-8"
    )
    assert content(read_lines(HistorySource(file=str(file))))[0][-2:] == (2, 1.5)


@pytest.mark.parametrize(
    ("written", "format_"),
    [
        ("2024-03-01T09:30:59", None),
        ("2024-03-01 09:30:59.123", None),
        ("2024-03-01T09:30:00Z", None),
        ("2024-03-01 09:30:00+0530", None),
        ("01.03.2024 09:30", "%d.%m.%Y %H:%M"),
        (" 3/1/2024 9:30 ", "%m/%d/%Y %H:%M"),
    ],
)
def test_times_are_whole_minutes_of_the_shops_clock(
    write_csv: Any, written: str, format_: str | None
) -> None:
    """Seconds are cut off, zones dropped, other spellings read by their format."""
    row = ("7", written, "ann", "tea", "2", "1.5")
    assert read_lines(write_csv([row], columns={"time_format": format_})).minute[0] == minutes(
        "2024-03-01T09:30"
    )


def test_columns_are_mapped_by_the_config(write_csv: Any) -> None:
    """Any header will do; a line's money may be given instead of a unit's price, and the shop is kept."""
    header = ("Bon", "Zeit", "Kunde", "Artikel", "Stück", "Betrag", "Filiale")
    columns = {"order": "Bon", "time": "Zeit", "customer": "Kunde", "product": "Artikel", "quantity": "Stück"}
    columns |= {"amount": "Betrag", "site": "Filiale"}
    rows = [
        ("7", "2024-03-01", "ann", "tea", "4", "6", "north"),
        ("8", "2024-03-01", "ann", "tea", "-2", "-3", "north"),
    ]
    lines = read_lines(write_csv(rows, header, columns=columns))
    assert [(row[3], *row[-2:]) for row in content(lines)] == [("north", 4, 1.5), ("north", -2, 1.5)]


def test_only_products_leaves_others_out_before_they_are_checked(write_csv: Any) -> None:
    """Postage, fees and bad debts may hold anything; they are counted, not read."""
    rows = [GOOD, ("8", "2024-03-01", "", "POST", "1", "-18")]
    lines = read_lines(write_csv(rows, only_products="[a-z]+"))
    assert (len(lines), lines.notes) == (1, {"products that only_products leaves out": 1})


def test_rows_are_those_of_the_file_also_behind_lines_left_out(write_csv: Any) -> None:
    """Row 3 is left out; the bad cell is still in row 4."""
    rows = [GOOD, ("8", "2024-03-01", "", "POST", "1", "1"), (*GOOD[:4], "x", "1")]
    with pytest.raises(DataError, match="row 4, column 'quantity'"):
        read_lines(write_csv(rows, only_products="[a-z]+"))


def test_no_name_is_no_customer(write_csv: Any) -> None:
    """An empty customer cell is allowed and marked."""
    lines = read_lines(
        write_csv([GOOD, ("8", "2024-03-01", "", "tea", "1", "1"), ("9", "2024-03-01", " ", "tea", "1", "1")])
    )
    assert (lines.customer.codes >= 0).tolist() == [True, False, False]


BAD_CELLS = [
    # column, cell, what the message must name besides file, row 3, column and value
    ("time", "yesterday", "a time such as '2017-01-31 14:05'"),
    ("time", "2024-02-30", "a time such as"),
    ("time", "1/3/2024", "a time such as"),
    ("time", "", "the cell is empty"),
    ("quantity", "two", "a whole number of units"),
    ("quantity", "nan", "a whole number of units"),
    ("quantity", "inf", "a whole number of units"),
    ("quantity", "0.5", "by weight: grams"),  # sold by weight: not cut to 0 in silence
    ("quantity", "5e9", "up to 1000000000"),
    ("quantity", "", "the cell is empty"),
    ("price", "1,50", "a price of 0 or more"),  # decimal comma in a file with commas
    ("price", "-1", "a price from 0"),
    ("price", "NaN", "a price of 0 or more"),
    ("price", "-inf", "a price of 0 or more"),
    ("product", "", "a name is needed"),
    ("order_id", "", "a name is needed"),
]


@pytest.mark.parametrize(("column", "cell", "said"), BAD_CELLS)
def test_a_bad_cell_is_named_by_file_row_column_and_value(
    write_csv: Any, column: str, cell: str, said: str
) -> None:
    """The message leads to the first bad cell, wherever in the file it is; row 1 is the header."""
    header = ("order_id", "time", "customer", "product", "quantity", "price")
    bad = list(GOOD)
    bad[header.index(column)] = cell
    with pytest.raises(DataError) as error:
        read_lines(write_csv([GOOD, bad, GOOD, bad]))
    for part in ("orders.csv", "row 3", f"column '{column}'", said, f"'{cell}'" if cell else "empty"):
        assert part in str(error.value)


def test_the_first_bad_cell_of_a_long_file_is_found(write_csv: Any) -> None:
    """Halving finds the first one, not any."""
    rows = [GOOD] * 1_000
    rows[713] = rows[880] = (*GOOD[:4], "x", "1")
    with pytest.raises(DataError, match="row 715, column 'quantity': 'x'"):
        read_lines(write_csv(rows))


def test_bad_cells_of_all_columns_are_told_at_once_by_row(write_csv: Any) -> None:
    """Up to ten, each with row, column and value; then that there are more."""
    rows = [GOOD, (*GOOD[:4], "two", "1"), ("8", "soon", "ann", "", "1", "dear")]
    with pytest.raises(DataError) as error:
        read_lines(write_csv(rows))
    found = [finding.split(", ", 1)[1].split(";")[0] for finding in error.value.findings]
    assert found[0] == "row 3, column 'quantity': 'two'"
    assert sorted(found[1:]) == [
        "row 4, column 'price': 'dear'",
        "row 4, column 'product': the cell is empty (or NA)",
        "row 4, column 'time': 'soon'",
    ]
    with pytest.raises(DataError) as error:
        read_lines(write_csv([GOOD, *[(*GOOD[:4], "x", "1")] * 30]))
    assert len(error.value.findings) == 11
    assert error.value.findings[-1] == "further cells are wrong too"


BAD_FILES = [
    # name, content, what the message must say
    ("orders.csv", None, "does not exist; did you mean"),  # next to order.csv
    ("orders.xls", b"x", "'.xls' files cannot be read"),
    ("orders.csv", b"", "is empty"),
    ("orders.csv", b"order_id,time,customer,product,quantity,price\n", "holds no order lines"),
    ("orders.csv", b"order_id,time,client,product,quantity,price\n1,2024-01-01,a,b,1,1\n", "has no column 'customer'"),
    ("orders.csv", b"order_id,time,customer,product,qantity,price\n", "did you mean 'qantity'"),
    ("orders.csv", b"order_id,time,customer,product,quantity,price\n1,2024-01-01,a\n", "row 2 has 3 cells"),
    ("orders.csv", b"order_id,time,customer,product,quantity,price\n1,2\n1,2,3\n", "row 3 has 3 cells"),
    ("orders.csv", b"order,time,customer,product,quantity,price\n1,2024-01-01,a,b,1,1\n", "? Name the file's own"),
    ("orders.csv", b"id,time,customer,product,quantity,price\n1,2024-01-01,a,b,1,1\n", "price. Name the file's own"),
    ("orders.csv", b"order_id,time,customer,product,quantity,price\n1,2024-01-01,a,t\xe9,1,1\n", "UTF-8"),
    ("orders.parquet", b"PAR1", "cannot be read as Parquet"),
    ("orders.xlsx", b"PK", "cannot be read as XLSX"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "written", "said"), BAD_FILES)
def test_a_bad_file_is_named(tmp_path: Path, name: str, written: bytes | None, said: str) -> None:
    """A file that cannot be used is named together with what is wrong with it."""
    if name.endswith("xlsx"):
        pytest.importorskip("python_calamine", reason="XLSX needs the extra stockout-sim[excel]")
    (tmp_path / "order.csv").write_text("")
    if written is not None:
        (tmp_path / name).write_bytes(written)
    with pytest.raises(DataError) as error:
        read_lines(HistorySource(file=str(tmp_path / name)))
    assert name in str(error.value)
    assert said in str(error.value)


def test_an_amount_must_have_the_sign_of_its_quantity(write_csv: Any) -> None:
    """Money that comes in for goods that go back is a mistake in the file."""
    header = ("order_id", "time", "customer", "product", "quantity", "amount")
    with pytest.raises(DataError, match="row 2, column 'amount': '-3'; its sign"):
        read_lines(
            write_csv([("7", "2024-03-01", "ann", "tea", "2", "-3")], header, columns={"amount": "amount"})
        )
