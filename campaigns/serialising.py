"""Records as JSON and back: what goes into the ledger, a backup or a file that a colleague sends."""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any


def encode(value: Any) -> Any:
    """A record as plain JSON values; fields that hold their default are left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: encode(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if getattr(value, field.name) != field.default
        }
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def decode(kind: Any, value: Any) -> Any:
    """The record of type `kind` that `encode` made `value` of; a field it does not know is refused."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        if not isinstance(value, dict):
            raise ValueError(f"{kind.__name__} must be an object, not {value!r}")
        if unknown := sorted(set(value) - set(hints)):
            raise ValueError(f"{kind.__name__} has no field {unknown[0]!r}")
        lacking = [f.name for f in dataclasses.fields(kind) if f.name not in value and _required(f)]
        if lacking:
            raise ValueError(f"{kind.__name__} needs {', '.join(lacking)}")
        return kind(**{name: decode(hints[name], item) for name, item in value.items()})
    if isinstance(kind, types.UnionType):
        if value is None:
            return None
        (wanted,) = (option for option in typing.get_args(kind) if option is not types.NoneType)
        return decode(wanted, value)
    if typing.get_origin(kind) is tuple:
        return tuple(decode(typing.get_args(kind)[0], item) for item in value)
    if typing.get_origin(kind) is Mapping:
        return {name: decode(typing.get_args(kind)[1], item) for name, item in value.items()}
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    return _plain(kind, value)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _plain(kind: Any, value: Any) -> Any:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"{value!r} is not of type {kind.__name__}")
    return value


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
