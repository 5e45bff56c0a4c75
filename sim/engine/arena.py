"""The world of the compiled engine: every table by its name, handed to compiled code as one pointer.

A tuple of arrays would be copied, and every array in it counted, at every call (that costs a factor of 20, and seconds
of compile time). An arena is the address of a small table of addresses and lengths instead; ``world.items`` in compiled
code is an array that is looked up there and counted by nobody. The Python object keeps the arrays alive.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import numpy as np
from llvmlite import ir
from numba import from_dtype, types
from numba.core import cgutils
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate
from numba.extending import NativeValue, infer_getattr, models, register_model, typeof_impl, unbox
from numba.np.arrayobj import populate_array
from numpy.typing import NDArray


class Arena:
    """Tables by name, for compiled code.

    Attributes:
        tables: C-contiguous one-dimensional arrays, structured or plain, by name.
        addresses: Address and length of each table, in the order of ``tables``.
        kind: Its type; arenas of equal names and dtypes run the same compiled code.
    """

    __slots__ = ("addresses", "kind", "tables")

    def __init__(self, tables: dict[str, NDArray[Any]]) -> None:
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
        if not all(table.flags.c_contiguous and table.ndim == 1 for table in tables.values()):
            raise ValueError("the tables of an arena are contiguous and have one dimension")
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
                return types.Array(kind, 1, "C")
        return None


@lower_getattr_generic(ArenaType)
def _table(context: Any, builder: Any, arena: ArenaType, pointer: Any, name: str) -> Any:
    place = next(number for number, field in enumerate(arena.fields) if field[0] == name)
    _, kind, size = arena.fields[place]
    whole = ir.IntType(64)
    addresses = builder.bitcast(pointer, whole.as_pointer())
    address, length = (_look_up(builder, addresses, 2 * place + each) for each in (0, 1))
    array = context.make_array(types.Array(kind, 1, "C"))(context, builder)
    itemsize = context.get_constant(types.intp, size)
    data = builder.inttoptr(address, array.data.type)
    populate_array(array, data=data, shape=[length], strides=[itemsize], itemsize=itemsize, meminfo=None)
    return array._getvalue()  # noqa: SLF001  (Numba's own way)


def _look_up(builder: Any, addresses: Any, place: int) -> Any:
    """An address or a length: LLVM may trust that no store in between changes it, and need not read it again."""
    found = builder.load(builder.gep(addresses, [ir.Constant(ir.IntType(64), place)]))
    found.set_metadata("invariant.load", builder.module.add_metadata([]))
    return found
