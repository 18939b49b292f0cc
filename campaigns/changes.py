"""What an import would do to the rows that count now, and where a file says less than was stored."""

from collections.abc import Collection
from dataclasses import dataclass

import pyarrow as pa

from campaigns.current import WITHIN_A_FILE, Part, active_parts, connection, current_rows, overlapping
from campaigns.problems import Problem, Severity
from campaigns.receipts import Kind
from campaigns.store import Store
from campaigns.vocabulary import METRICS, Additivity


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a figure added up to over the rows that an import corrects or takes away, and does after it."""

    metric: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What an import would do, in rows."""

    new: int
    replaced: int  # current rows that would go, because the file has them no longer
    differing: int  # rows that correct current ones
    unchanged: int
    lower: int = 0  # corrected rows with a lower figure than before, and rows that would go
    differences: tuple[Difference, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What a person should know before such a change is made."""
        if not self.lower:
            return ()
        return (Problem("figures_lower_than_before", Severity.WARNING, value=str(self.lower)),)


def changes(store: Store, incoming: Part, rows: pa.Table, *, superseded: Collection[str]) -> Changes:
    """What would change if `rows` became the newest batch and the `superseded` ones were undone."""
    active = active_parts(store)
    (group,) = (group for group in overlapping([*active, incoming]) if incoming in group)
    before = [part for part in active if part in group or part.id in superseded]
    if not before or not incoming.figures:
        return Changes(new=rows.num_rows, replaced=0, differing=0, unchanged=0)
    reread = all(part.id in superseded for part in before)  # the same file, read in another way
    after = [*(part for part in before if part.id not in superseded), incoming]
    key = ", ".join(WITHIN_A_FILE[incoming.kind])
    # Figures on which the file is silent stay as they are.
    figures = sorted(incoming.figures)
    sides = " UNION ALL ".join(
        f"SELECT *, {later} AS later, {later} AND batch_number = {len(parts) - 1} AS is_incoming "
        f"FROM ({current_rows(parts)})"
        for later, parts in ((False, before), (True, after))
    )
    both = ", ".join(
        f"max({name}) FILTER (WHERE NOT later) AS b{at}, max({name}) FILTER (WHERE later) AS a{at}"
        for at, name in enumerate(figures)
    )
    differs = " OR ".join(f"b{at} IS DISTINCT FROM a{at}" for at in range(len(figures)))
    falls = " OR ".join(f"coalesce(a{at} < b{at}, false)" for at in range(len(figures)))
    sums = ", ".join(
        f"sum(b{at}) FILTER (WHERE changed), sum(a{at}) FILTER (WHERE changed)" for at in range(len(figures))
    )
    with connection(store) as database:
        database.register("incoming", rows)
        ((new, replaced, differing, unchanged, lower, *totals),) = database.execute(
            f"""
            SELECT
                count(*) FILTER (WHERE holds AND NOT was), count(*) FILTER (WHERE NOT stays),
                count(*) FILTER (WHERE holds AND was AND differs),
                count(*) FILTER (WHERE holds AND was AND NOT differs),
                count(*) FILTER (WHERE changed AND (falls OR NOT stays)), {sums}
            FROM (
                SELECT *, {differs} AS differs, {falls} AS falls,
                    was AND (NOT stays OR (holds AND ({differs}))) AS changed
                FROM (
                    SELECT {both}, bool_or(NOT later) AS was, bool_or(later) AS stays, bool_or(is_incoming) AS holds
                    FROM ({sides}) GROUP BY {key}
                )
            )
            """
        ).fetchall()
    found = zip(figures, totals[::2], totals[1::2], strict=True)
    return Changes(
        new=new,
        replaced=replaced,
        differing=differing,
        unchanged=unchanged,
        lower=0 if reread or incoming.kind == Kind.SURVEY else lower,
        differences=tuple(
            Difference(metric=name, before=int(was or 0), after=int(now or 0))
            for name, was, now in found
            if name in METRICS and METRICS[name].additivity == Additivity.SUM and (was or 0) != (now or 0)
        ),
    )
