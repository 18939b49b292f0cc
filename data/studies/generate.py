"""Write seven simulated studies, one of each kind, the same to the last byte every time.

python data/studies/generate.py [FOLDER]
"""

import csv
import io
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
Row = dict[str, Any]
HEADER = (
    "_id", "_submission_time", "consent", "interview_date", "respondent_id", "arm", "wave", "cluster", "block",
    "weight", "sex", "age", "knows_two_dangers", "trusts_helpline",
    "date", "outcome", "group", "counted", "people_asked",  # of a table by month
)  # fmt: skip


def record(name: str, title: str, **study: Any) -> Row:
    """What all records share; every name and number is invented. `more` in `study` are fields of the record itself."""
    more = study.pop("more", {})
    outcome = {
        "id": "knows",
        "rung": "knowledge",
        "question": "Can you name two dangers of travelling with a smuggler?",
        "column": "knows_two_dangers",
        "counts": ["yes"],
        "registered": "2025-12-01",
    }
    trust = {
        "id": "trust",
        "rung": "trust",
        "question": "Would you call the helpline?",
        "column": "trusts_helpline",
        "counts": ["yes"],
    }
    asked = study["design"] != "delivery_only"
    return {
        "id": name,
        "title": title,
        "organisation": "Example Network (simulated)",
        "start": "2026-01-05",
        "end": "2026-02-01",
        "audience": {
            "description": "Young people who think of leaving",
            "countries": ["SEN"],
            "languages": ["fr", "wo"],
            "age_low": 18,
            "age_high": 34,
        },
        "message": {"frame": "testimony", "messenger": "returnee"},
        "study": study,
        **({"outcome": outcome, "guardrails": [trust]} if asked else {}),
        "spending": {"media": {"amount": 450000, "currency": "EUR"}, "staff": {"amount": 300000, "currency": "EUR"}},
        "ethics": {"consent": True, "data_protection": "consent"},
        "example": True,
        **more,
    }


def person(rng: random.Random, number: int, arm: str, wave: str, share: float, **more: Any) -> Row:
    """One interview."""
    day = 10 + number % 18
    return {
        "_id": 1000 + number,
        "_submission_time": f"2026-{'01' if wave == 'before' else '03'}-{day:02}T10:00:00",
        "consent": "yes",
        "respondent_id": more.pop("who", f"P{number}"),
        "arm": arm,
        "wave": wave,
        "sex": rng.choice(["female", "male"]),
        "age": rng.randint(18, 34),
        "knows_two_dangers": "yes" if rng.random() < share else "no",
        "trusts_helpline": "yes" if rng.random() < 0.5 else "no",
        **more,
    }


def randomised(rng: random.Random) -> Iterator[Row]:
    """People drawn one by one within four districts, who stand for unequal numbers of others: 10 in 100 more."""
    for number in range(1200):
        arm, block = ("campaign", "comparison")[number % 2], f"district {number // 2 % 4 + 1}"
        share = 0.30 + 0.05 * (number // 2 % 4) / 3 + (0.10 if arm == "campaign" else 0)
        yield person(rng, number, arm, "after", share, block=block, weight=(1.0, 1.5, 2.0)[number % 3])


def clusters(rng: random.Random) -> Iterator[Row]:
    """Forty villages drawn whole, thirty people each: 12 in 100 more, and villages differ."""
    for village in range(40):
        arm = ("campaign", "comparison")[village % 2]
        own = 0.35 + rng.gauss(0, 0.05) + (0.12 if arm == "campaign" else 0)
        for number in range(30):
            yield person(rng, 30 * village + number, arm, "after", own, cluster=f"village {village + 1}")


def panel(rng: random.Random) -> Iterator[Row]:
    """The same people before and after, of whom one in ten is lost: both sides rise by 5, the campaign by 9 more."""
    for number in range(700):
        arm, who = ("campaign", "comparison")[number % 2], f"P{number}"
        yield person(rng, number, arm, "before", 0.30, who=who)
        if rng.random() < 0.9:
            yield person(rng, 700 + number, arm, "after", 0.44 if arm == "campaign" else 0.35, who=who)


def cross_sections(rng: random.Random) -> Iterator[Row]:
    """Other people before and after, in towns with and without the campaign: all rise by 15, nobody because of it."""
    for number in range(2000):
        arm, wave = ("campaign", "comparison")[number % 2], ("before", "after")[number // 2 % 2]
        yield person(rng, number, arm, wave, 0.30 + (0.15 if wave == "after" else 0))


def month(number: int) -> str:
    """The so-many-th month since January 2024."""
    return f"{2024 + number // 12}-{number % 12 + 1:02}"


def series(rng: random.Random) -> Iterator[Row]:
    """Four hundred people a month and side over 30 months, and calls to a helpline, as a table by month.

    All rise a little; from month 24 on the campaign's people by 12 more, and its calls, about 220, by 30 in 100.
    """
    for when in range(30):
        for group in ("campaign", "comparison"):
            reached = group == "campaign" and when >= 24
            for outcome, share in (("knows", 0.28 + 0.002 * when + 0.12 * reached), ("trust", 0.5)):
                counted = sum(rng.random() < share for _ in range(400))
                yield {"date": month(when), "outcome": outcome, "group": group, "counted": counted, "people_asked": 400}
            mean = (200 + 2 * when) * (1.3 if reached else 1.0) * (0.6 if group == "comparison" else 1.0)
            yield {
                "date": month(when),
                "outcome": "calls",
                "group": group,
                "counted": round(rng.gauss(mean, mean**0.5)),
            }


def staggered(rng: random.Random) -> Iterator[Row]:
    """Thirty people a month in 24 villages: 8 reached in month 26, 8 in month 28, 8 never; all rise, those by 15."""
    own = [rng.gauss(0.30, 0.05) for _ in range(24)]
    number = 0
    for when in range(23, 30):
        for village in range(24):
            reached = (26, 28, 99)[village % 3]
            for _ in range(30):
                share = own[village] + 0.004 * (when - 23) + (0.15 if when >= reached else 0)
                row = person(
                    rng,
                    number,
                    "",
                    "",
                    share,
                    cluster=f"village {village + 1}",
                    interview_date=f"{month(when)}-{3 + number % 25:02}",
                )
                del row["arm"], row["wave"]  # they follow from the village and the date
                yield row
                number += 1


def launches() -> list[Row]:
    """When the campaign came to each village."""
    return [
        {"place": f"village {village + 1}", "day": f"{month((26, 28)[village % 3])}-06"}
        for village in range(24)
        if village % 3 < 2
    ]


CALLS = {
    "id": "calls",
    "rung": "behaviour",
    "question": "Calls to the helpline",
    "column": "calls",
    "unit": "times",
    "registered": "2025-12-01",
    "smallest_important": 0.1,
}


def delivery() -> str:
    """A month of a platform's days, two age groups each."""
    lines = ["Campaign name,Day,Age,Reach,Impressions,Link clicks,Amount spent (EUR)"]
    rng = random.Random(5)  # noqa: S311
    for day in range(5, 29):
        for age in ("18-24", "25-34"):
            shown = rng.randint(4000, 9000)
            lines.append(f"Ask first,2026-01-{day:02},{age},{shown * 2 // 3},{shown},{shown // 90},{shown / 400:.2f}")
    return "\n".join([*lines, ""])


STUDIES: dict[str, tuple[str, dict[str, Any], Callable[[random.Random], Iterator[Row]] | None]] = {
    "randomised": (
        "Short videos, drawn person by person",
        {"design": "randomised", "follow_up_days": 40, "people_addressed": 60000, "assigned": [600, 600]},
        randomised,
    ),
    "clusters": (
        "Evenings of film in villages",
        {"design": "cluster_randomised", "follow_up_days": 40, "people_addressed": 9000},
        clusters,
    ),
    "panel": (
        "Letters home, the same people asked twice",
        {"design": "difference_in_differences", "same_people": True, "follow_up_days": 40, "people_addressed": 20000},
        panel,
    ),
    "cross-sections": (
        "Radio, other people asked before and after",
        {"design": "difference_in_differences", "follow_up_days": 40, "people_addressed": 80000},
        cross_sections,
    ),
    "delivery-only": ("A page that was only seen", {"design": "delivery_only"}, None),
    "interrupted-series": (
        "A song on the radio, followed month by month",
        {
            "design": "interrupted_series",
            "follow_up_days": 149,
            "people_addressed": 80000,
            "more": {"secondary": [CALLS]},
        },
        series,
    ),
    "staggered": (
        "A theatre that went from village to village",
        {
            "design": "difference_in_differences",
            "follow_up_days": 150,
            "people_addressed": 12000,
            "launches": launches(),
            "more": {"start": "2026-03-06", "end": "2026-06-30"},
        },
        staggered,
    ),
}


def write(folder: Path) -> None:
    """All folders."""
    for seed, (name, (title, study, people)) in enumerate(STUDIES.items(), 11):
        own = folder / name
        (own / "exports").mkdir(parents=True, exist_ok=True)
        text = json.dumps(record(name, title, **study), indent=2, ensure_ascii=False)
        (own / "record.json").write_text(f"{text}\n", "utf-8")
        (own / "exports" / "ads 2026-01-05 2026-01-28.csv").write_text(delivery(), "utf-8")
        if people is not None:
            rng = random.Random(seed)  # noqa: S311
            table = io.StringIO(newline="")
            rows = list(people(rng))
            header = [name for name in HEADER if any(name in row for row in rows)]
            writer = csv.DictWriter(table, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            (own / "survey.csv").write_text(table.getvalue(), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
