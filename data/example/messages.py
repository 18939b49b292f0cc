"""What a campaign's delivery was by advertisement: the same delivery again, told apart by its two messages."""

import csv
import io
import random
from decimal import ROUND_HALF_UP, Decimal

from exports import Export
from plan import Advertisements

SPEND = "Amount spent (USD)"
COUNTED = ("Link clicks", "Clicks (all)")
COLUMNS = ("Ad name", "Day", "Age", "Gender", "Impressions", SPEND, *COUNTED)


def write_messages(whole: Export, ads: Advertisements) -> Export:
    """An export by advertisement of which every day, age and sex adds up to the export by campaign."""
    rng = random.Random(f"{whole.name} by advertisement")
    rows: list[list[object]] = []
    for row in csv.DictReader(io.StringIO(whole.data.decode("utf-8-sig"), newline="")):
        if row["Day"]:
            rows += _split(rng, row, ads)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
    name = whole.name.replace("age-gender", "ads")
    sums = {key: value for key, value in whole.truth.items() if key != "rows"}
    return Export(name, text.getvalue().encode("utf-8-sig"), len(rows), **sums)


def _split(rng: random.Random, row: dict[str, str], ads: Advertisements) -> list[list[object]]:
    """One day, age and sex, told apart by advertisement; what was not shown has no row."""
    part = ads.first_among[row["Gender"]]
    shown = int(row["Impressions"] or 0)
    first = round(shown * part * rng.uniform(0.9, 1.1))
    clicking = first / (first + ads.better * (shown - first)) if shown else 0.0
    spent = Decimal(row[SPEND] or 0)
    of_first = (spent * first / shown).quantize(Decimal("0.01"), ROUND_HALF_UP) if shown else Decimal(0)
    links = int(row["Link clicks"] or 0)
    others = int(row["Clicks (all)"] or 0) - links
    links_of_first = sum(rng.random() < clicking for _ in range(links))
    others_of_first = sum(rng.random() < clicking for _ in range(others))
    sides = (
        (first, of_first, links_of_first, others_of_first),
        (shown - first, spent - of_first, links - links_of_first, others - others_of_first),
    )
    return [
        [name, row["Day"], row["Age"], row["Gender"], seen, money or "", clicks or "", clicks + other or ""]
        for name, (seen, money, clicks, other) in zip(ads.names, sides, strict=True)
        if seen
    ]
