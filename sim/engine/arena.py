"""The world of the compiled engine: every table by its name, handed to compiled code as one pointer.

A tuple of arrays would be copied, and every array in it counted, at every call (that costs a factor of 20, and seconds
of compile time). An arena is the address of a small table of addresses and lengths instead; ``world.items`` in compiled
code is an array that is looked up there and counted by nobody. The Python object keeps the arrays alive.
"""

from __future__ import annotations

from hashlib import sha256
from operator import getitem, setitem
from typing import Any

import numpy as np
from llvmlite import ir
from numba import config, from_dtype, types
from numba.core import cgutils
from numba.core.imputils import lower_builtin, lower_getattr_generic
from numba.core.typing import signature
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_global
from numba.extending import NativeValue, infer_getattr, models, register_model, typeof_impl, unbox
from numba.np.arrayobj import populate_array
from numpy.typing import NDArray

_WHOLE = ir.IntType(64)


class Arena:
    """Tables by name, for compiled code.

    Attributes:
        tables: C-contiguous one-dimensional arrays, structured or plain, by name.
        addresses: Address and length of each table, in the order of ``tables``.
        kind: Its type; arenas of equal names and dtypes run the same compiled code.
    """

    __slots__ = ("addresses", "kind", "tables")

    def __init__(self, tables: dict[str, NDArray[Any]]) -> None:
        if not all(table.flags.c_contiguous and table.ndim == 1 for table in tables.values()):
            raise ValueError("the tables of an arena are contiguous and have one dimension")
        self.tables = dict(sorted(tables.items()))  # the same layout, whoever put them together
        self.addresses = np.array([(table.ctypes.data, len(table)) for table in self.tables.values()]).ravel()
        self.kind = _kind_of(self.tables)


class ArenaType(types.Type):
    """The type of an arena in compiled code."""

    def __init__(self, fields: tuple[tuple[str, Any, int], ...]) -> None:
        self.fields = fields
        # the name is part of every symbol of the compiled code: a digest keeps them short
        text = ", ".join(f"{name}: {kind}" for name, kind, _ in fields)
        super().__init__(name=f"Arena({sha256(text.encode()).hexdigest()[:12]})")


_kinds: dict[tuple[Any, ...], tuple[ArenaType, list[Any]]] = {}


def _kind_of(tables: dict[str, NDArray[Any]]) -> ArenaType:
    """The type of an arena; found by the identity of its dtypes, whose hashes would take longer than a short run."""
    key = tuple((name, id(table.dtype)) for name, table in tables.items())
    if key not in _kinds:
        kinds = [(name, table.dtype) for name, table in tables.items()]
        fields = tuple((name, from_dtype(dtype), dtype.itemsize) for name, dtype in kinds)
        _kinds[key] = ArenaType(fields), kinds  # keeps the dtypes, and so their identities
    return _kinds[key][0]


@typeof_impl.register(Arena)
def _type_of(arena: Arena, _context: Any) -> ArenaType:
    return arena.kind


register_model(ArenaType)(models.OpaqueModel)

_ADDRESSES = types.Array(types.int64, 1, "C")


@unbox(ArenaType)
def _unbox(_type: ArenaType, arena: Any, c: Any) -> Any:
    addresses = c.pyapi.object_getattr_string(arena, "addresses")
    native = c.pyapi.to_native_value(_ADDRESSES, addresses).value
    array = c.context.make_array(_ADDRESSES)(c.context, c.builder, native)
    c.pyapi.decref(addresses)  # the arena itself keeps them
    return NativeValue(c.builder.bitcast(array.data, cgutils.voidptr_t))


@infer_getattr
class _Tables(AttributeTemplate):
    key = ArenaType

    def generic_resolve(self, arena: ArenaType, name: str) -> Any:
        for each, kind, _ in arena.fields:
            if each == name:
                return types.Array(kind, 1, "C") if config.BOUNDSCHECK else TableType(kind)
        return None


@lower_getattr_generic(ArenaType)
def _table(context: Any, builder: Any, arena: ArenaType, pointer: Any, name: str) -> Any:
    place = next(number for number, field in enumerate(arena.fields) if field[0] == name)
    _, kind, size = arena.fields[place]
    addresses = builder.bitcast(pointer, _WHOLE.as_pointer())
    address, length = (_look_up(builder, addresses, 2 * place + each) for each in (0, 1))
    if not config.BOUNDSCHECK:
        table = cgutils.create_struct_proxy(TableType(kind))(context, builder)
        table.data, table.length = builder.inttoptr(address, cgutils.voidptr_t), length
        return table._getvalue()  # noqa: SLF001  (Numba's own way)
    array = context.make_array(types.Array(kind, 1, "C"))(context, builder)
    itemsize = context.get_constant(types.intp, size)
    data = builder.inttoptr(address, array.data.type)
    populate_array(array, data=data, shape=[length], strides=[itemsize], itemsize=itemsize, meminfo=None)
    return array._getvalue()  # noqa: SLF001


def _look_up(builder: Any, addresses: Any, place: int) -> Any:
    """An address or a length: LLVM may trust that no store in between changes it, and need not read it again."""
    found = builder.load(builder.gep(addresses, [ir.Constant(_WHOLE, place)]))
    found.set_metadata("invariant.load", builder.module.add_metadata([]))
    return found


class TableType(types.Type):
    """The type of a table in compiled code: an address and a length, counted by nobody.

    Rows are numbered from 0; there is no counting from the end, which every access to an array would have to look for.
    With NUMBA_BOUNDSCHECK tables are arrays, and every access is checked.
    """

    def __init__(self, row: Any) -> None:
        self.row = row
        super().__init__(name=f"Table({row})")


@register_model(TableType)
class _TableModel(models.StructModel):
    def __init__(self, manager: Any, table: TableType) -> None:
        super().__init__(manager, table, [("data", types.voidptr), ("length", types.intp)])


@infer_global(getitem)
class _Read(AbstractTemplate):
    def generic(self, arguments: Any, _named: Any) -> Any:
        if isinstance(arguments[0], TableType) and isinstance(arguments[1], types.Integer):
            return signature(arguments[0].row, arguments[0], types.intp)
        return None


@infer_global(setitem)
class _Write(AbstractTemplate):
    def generic(self, arguments: Any, _named: Any) -> Any:
        if isinstance(arguments[0], TableType) and isinstance(arguments[1], types.Integer):
            return signature(types.none, arguments[0], types.intp, arguments[0].row)
        return None


@infer_global(len)
class _Length(AbstractTemplate):
    def generic(self, arguments: Any, _named: Any) -> Any:
        return signature(types.intp, arguments[0]) if isinstance(arguments[0], TableType) else None


@lower_builtin(getitem, TableType, types.intp)
def _read(context: Any, builder: Any, called: Any, arguments: Any) -> Any:
    pointer = _row_pointer(context, builder, called.args[0], arguments)
    row = called.args[0].row
    return pointer if isinstance(row, types.Record) else context.unpack_value(builder, row, pointer)


@lower_builtin(setitem, TableType, types.intp, types.Any)
def _write(context: Any, builder: Any, called: Any, arguments: Any) -> Any:
    pointer = _row_pointer(context, builder, called.args[0], arguments)
    context.pack_value(builder, called.args[0].row, arguments[2], pointer)
    return context.get_dummy_value()


@lower_builtin(len, TableType)
def _length(context: Any, builder: Any, called: Any, arguments: Any) -> Any:
    return cgutils.create_struct_proxy(called.args[0])(context, builder, arguments[0]).length


def _row_pointer(context: Any, builder: Any, table: TableType, arguments: Any) -> Any:
    """Where a row lies."""
    data = cgutils.create_struct_proxy(table)(context, builder, arguments[0]).data
    kind = context.get_data_type(table.row)
    size = table.row.size if isinstance(table.row, types.Record) else context.get_abi_sizeof(kind)
    place = builder.mul(arguments[1], ir.Constant(_WHOLE, size))
    return builder.bitcast(builder.gep(data, [place]), kind.as_pointer())
