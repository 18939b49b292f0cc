"""One report as a platform writes it, with what was counted in it by hand."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlike:
    """`totals` are sums in plain units, None for what must not be added up; `codes` are said among others."""

    name: str
    data: bytes
    platform: str
    report: str
    rows: int
    totals: dict[str, str | None]
    window: tuple[str, str] | None = None
    currency: str | None = None
    level: str | None = None
    codes: frozenset[str] = field(default_factory=frozenset)


def text(*lines: str, encoding: str = "utf-8", end: str = "\n") -> bytes:
    return end.join((*lines, "")).encode(encoding)
