"""A case as it was read, and one value of it beside ours."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class NotComputedError(Exception):
    """A case of a known family that asks for what we do not offer; its message says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Values of a case that are knowingly not compared, with the reason."""

    name: str
    reason: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    name: str
    ours: Any
    theirs: Any
    rtol: float
    atol: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    id: str
    family: str
    folder: Path
    input: dict[str, Any] = field(default_factory=dict)
    expected: dict[str, Any] = field(default_factory=dict)
    tolerance: dict[str, Any] = field(default_factory=dict)
    published: dict[str, Any] = field(default_factory=dict)
    method: str | None = None
    dataset: str | None = None  # the case of another file whose input this is about
    statistic: str | None = None
    printed_value: float | None = None
    recomputed_by_metafor381: float | None = None

    @property
    def level(self) -> float:
        return float(self.input.get("level", 0.95))

    def value(self, name: str, ours: Any, theirs: Any, *, kind: str = "") -> Value:
        """One value; `kind` names a tolerance of its own (`df` for `df_rtol`)."""
        own = {key.removeprefix(f"{kind}_"): limit for key, limit in self.tolerance.items() if key.startswith(kind)}
        limits = own if kind and ("rtol" in own or "atol" in own) else self.tolerance
        rtol, atol = float(limits.get("rtol", 0.0)), float(limits.get("atol", 0.0))
        return Value(name=name, ours=ours, theirs=theirs, rtol=rtol or (0.0 if atol else 1e-9), atol=atol)

    def values(self, name: str, ours: Any, theirs: Any, *, kind: str = "") -> Iterator[Value]:
        """Values of two sequences of one length."""
        ours, theirs = list(ours), list(theirs)
        for i, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield self.value(f"{name}[{i}]", one, other, kind=kind)

    def printed(self, name: str, ours: Any, key: str) -> Iterator[Value]:
        """A number printed in a publication, where the case has one."""
        if key in self.published:
            yield Value(
                name=f"published {name}",
                ours=ours,
                theirs=self.published[key],
                rtol=0.0,
                atol=float(self.published["atol"]),
            )
