"""Results as JSON can hold them, and as lines of text."""

import dataclasses
import math
from collections.abc import Iterable
from typing import Any

from metrics.estimates import Estimate, NotEstimable


def plain(value: Any) -> Any:
    """What JSON can hold: results as objects without what does not apply, infinity as a text."""
    if isinstance(value, (Estimate, NotEstimable)):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {name: plain(each) for name, each in fields.items() if each not in (None, ())}
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def as_text(result: dict[str, Any]) -> str:
    """Two columns, what and how much; parts apart by an empty line."""
    return "\n\n".join(_part(name, plain(each)) for name, each in result.items() if each not in ([], ()))


def _part(name: str, value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "\n\n".join(_part(name, each) for each in value)
    if not isinstance(value, dict):
        return f"{name:<18}{_cell(value)}"
    flat: Iterable[tuple[str, Any]] = (
        pair for key, each in value.items() for pair in (each.items() if isinstance(each, dict) else [(key, each)])
    )
    return "\n".join([name.upper(), *(f"{key:<18}{_cell(each)}" for key, each in flat)])


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:.6g}" if isinstance(value, float) else str(value)
