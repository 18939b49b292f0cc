"""Surveys as KoboToolbox writes them: semicolons, every cell quoted, CRLF, a phone column that must not be stored."""

import datetime as dt
import random

from plan import Asked, Poll, Scenario
from questionnaires import TEXTS, answers

from campaigns.records import Arm, Campaign, Design, Wave

TWO_ARMS = frozenset({Design.RANDOMISED, Design.CLUSTER_RANDOMISED, Design.DIFFERENCE_IN_DIFFERENCES, Design.MATCHED})
TWO_WAVES = frozenset({Design.DIFFERENCE_IN_DIFFERENCES, Design.BEFORE_AFTER})
CHARACTERISTICS = ("cluster", "sex", "age", "place")


def write_survey(scenario: Scenario) -> bytes:
    """The survey of a scenario."""
    poll, campaign = scenario.poll, scenario.campaign
    if poll is None:
        raise ValueError(f"campaign {campaign.id!r} asked nobody")
    words, design = TEXTS[poll.language], campaign.study.design
    arms = tuple(Arm) if design in TWO_ARMS else (Arm.CAMPAIGN,)
    waves = tuple(Wave) if design in TWO_WAVES or poll.same_people else (Wave.AFTER,)
    columns = ["consent"] + ["respondent"] * poll.same_people
    columns += ["arm"] * (len(arms) > 1) + ["wave"] * (len(waves) > 1)
    columns += [name for name in CHARACTERISTICS if name != "cluster" or poll.clusters]
    columns += [*poll.asked, "phone"]
    draw = f" {poll.draw}" if poll.draw else ""
    rng, seeing = random.Random(f"{campaign.id}{draw}"), random.Random(f"{campaign.id} seen{draw}")
    rows = []
    for wave in waves:
        day = campaign.start - dt.timedelta(days=20)
        if wave == Wave.AFTER:
            day = campaign.end + dt.timedelta(days=campaign.study.follow_up_days or 0)
        for arm in arms:
            people = random.Random(f"{campaign.id} {arm} {'' if poll.same_people else wave}{draw}")
            effects = _cluster_effects(random.Random(f"{campaign.id} {arm} clusters{draw}"), poll)
            for number in range(poll.people):
                person = _person(people, poll, campaign, arm, number)
                cells = {**person, "arm": words[arm], "wave": words[wave]}
                cells["cluster"] = f"{arm[:3].upper()}-{number % poll.clusters + 1:02}" if poll.clusters else ""
                agreed = rng.random() >= poll.no_consent
                cells["consent"] = words["yes" if agreed else "no"]
                shift = effects[number % poll.clusters] if poll.clusters else 0.0
                lost = rng.random() < poll.unanswered[arm == Arm.COMPARISON] and wave == Wave.AFTER
                for question, asked in poll.questions.items():
                    share = _share(asked, arm, wave) + shift
                    counts = person[f"leaning {question}"] if rng.random() < 0.6 else rng.random()
                    cells[question] = "" if lost or not agreed else _answer(rng, poll, question, counts < share)
                if poll.seen:
                    blank = lost or not agreed or wave != waves[-1]
                    saw = seeing.random() < _share_who_saw(poll, poll.seen, arm, person["sex"] == words["female"])
                    cells["seen"] = "" if blank else words["yes" if saw else "no"]
                if not agreed:
                    cells |= dict.fromkeys((*CHARACTERISTICS, "respondent", "phone"), "")
                rows.append(((day + dt.timedelta(days=number % 9)).isoformat(), cells))
    return _kobo(["today", *columns], [[day, *(cells[name] for name in columns)] for day, cells in rows], words)


def _cluster_effects(rng: random.Random, poll: Poll) -> list[float]:
    first = next(iter(poll.questions.values()))
    spread = (poll.alike * first.base * (1 - first.base)) ** 0.5
    drawn = [rng.gauss(0, spread) for _ in range(poll.clusters)]
    return [effect - sum(drawn) / len(drawn) for effect in drawn]


def _person(rng: random.Random, poll: Poll, campaign: Campaign, arm: Arm, number: int) -> dict[str, str | float]:
    audience, words = campaign.audience, TEXTS[poll.language]
    low, high = audience.age_low or 18, audience.age_high or 60
    sexes = [sex.name.lower() for sex in audience.sexes] or ["female", "male"]
    letter = "C" if arm == Arm.CAMPAIGN else "K"
    return {
        "respondent": f"{letter}{number + 1:04}",
        "sex": words[rng.choice(sexes)],
        "age": str(rng.randint(low, high)),
        "place": rng.choice(poll.regions),
        "phone": f"{poll.prefix} 000 00 {rng.randint(100, 999)}" if rng.random() < 0.7 else "",
        **{f"leaning {question}": rng.random() for question in poll.questions},
    }


def _share(asked: Asked, arm: Arm, wave: Wave) -> float:
    share = asked.base
    if wave == Wave.AFTER:
        share += asked.drift + (asked.effect if arm == Arm.CAMPAIGN else 0)
    return share


def _share_who_saw(poll: Poll, seen: Asked, arm: Arm, woman: bool) -> float:
    apart = poll.seen_apart if arm == Arm.CAMPAIGN else 0.0
    return _share(seen, arm, Wave.AFTER) + (apart if woman else -apart)


def _answer(rng: random.Random, poll: Poll, question: str, counts: bool) -> str:
    first, *others = answers(poll.language, question)
    return first if counts else rng.choice(others)


def _kobo(header: list[str], rows: list[list[str]], words: dict[str, str]) -> bytes:
    titles = [words.get(name, name) for name in header] + ["_id", "_submission_time", "_index"]
    lines = [titles]
    for number, row in enumerate(rows, 1):
        lines.append([*row, str(410_000_000 + 37 * number), f"{row[0]}T18:{number % 60:02}:07", str(number)])
    text = "".join(";".join('"' + cell.replace('"', '""') + '"' for cell in line) + "\r\n" for line in lines)
    return text.encode()
