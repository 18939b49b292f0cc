"""Write the simulated campaigns of this folder, the same to the last byte every time.

python data/example/generate.py [FOLDER]
"""

import json
import sys
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from exports import Export, write_export  # noqa: E402
from messages import write_messages  # noqa: E402
from plan import Scenario, with_media  # noqa: E402
from polls import write_survey  # noqa: E402
from scenarios import SCENARIOS  # noqa: E402

from campaigns.records import Direction, Money  # noqa: E402
from campaigns.serialising import encode  # noqa: E402
from campaigns.vocabulary import minor_units  # noqa: E402


def write(folder: Path) -> None:
    """All files, campaigns.json and truth.json."""
    index, truths = [], {}
    for scenario in SCENARIOS:
        own = folder / scenario.campaign.id
        own.mkdir(parents=True, exist_ok=True)
        exports = [write_export(scenario, delivery) for delivery in scenario.deliveries]
        files = []
        for export, delivery in zip(exports, scenario.deliveries, strict=True):
            (own / export.name).write_bytes(export.data)
            answers = {"account": scenario.campaign.organisation}
            if delivery.kind == "tiktok_overview":
                answers["year"] = str(scenario.campaign.start.year)
            files.append({"file": f"{own.name}/{export.name}", "kind": "export", "answers": answers})
        media = _media(scenario, exports)
        if scenario.ads:
            exports.append(by_ad := write_messages(exports[0], scenario.ads))
            (own / by_ad.name).write_bytes(by_ad.data)
            answers = {"account": scenario.campaign.organisation}
            files.append({"file": f"{own.name}/{by_ad.name}", "kind": "export", "answers": answers})
        if scenario.poll:
            (own / "survey.csv").write_bytes(write_survey(scenario))
            files.append({"file": f"{own.name}/survey.csv", "kind": "survey"})
        index.append({"record": encode(with_media(scenario, media)), "files": files})
        truths[own.name] = {
            "shows": scenario.truth,
            "effects": _effects(scenario),
            "files": {export.name: export.truth for export in exports},
        }
    _write_json(folder / "campaigns.json", index)
    _write_json(folder / "truth.json", truths)


def _media(scenario: Scenario, exports: list[Export]) -> Money | None:
    """What the platforms say was spent, all of it in the campaign's currency."""
    spent = sum(Decimal(export.truth["spend"]) for export in exports if "spend" in export.truth)
    currency = next(part.currency for part in scenario.campaign.spending.known)
    return Money(amount=int(spent * 10 ** minor_units(currency)), currency=currency) if spent else None


def _effects(scenario: Scenario) -> dict[str, float]:
    """What each outcome truly changed because of the campaign, in the wished direction."""
    if scenario.poll is None:
        return {}
    wished = {outcome.id: outcome.desired for outcome in scenario.campaign.outcomes}
    return {
        question: 0.0 - asked.effect if wished[question] == Direction.FEWER else asked.effect
        for question, asked in scenario.poll.asked.items()
    }


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
