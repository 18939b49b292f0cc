"""`python -m metrics`: what a table of answers shows, what several studies say together, and how many people to ask.

Reads CSV, prints a table or (with --json) JSON. Exit codes: 0 done; 2 wrong use, or a table that cannot be used, with
one sentence on what is wrong.
"""

import argparse
import csv
import io
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from campaigns.messages import sentence
from metrics.choosing import Columns, estimated
from metrics.evaluation import evaluate
from metrics.planning import Clusters, TwoMeans, TwoProportions, power, sample_size, smallest_detectable
from metrics.pooling import (
    EffectSizes,
    Pooled,
    from_intervals,
    log_odds_ratios,
    log_risk_ratios,
    pool,
    risk_differences,
)
from metrics.printing import as_text, evaluation_as_result, plain
from metrics.tables import CellError, covariate, labels, numbers, sides
from metrics.trials import compare_arms

DONE, REFUSED = 0, 2
WANTED_POWER = 0.80
COUNTS = {"risk_difference": risk_differences, "risk_ratio": log_risk_ratios, "odds_ratio": log_odds_ratios}
Row = dict[str, Any]


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without the usage."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and stop."""
        self.exit(REFUSED, f"{message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    options = _parser().parse_args(arguments)
    try:
        result: Row = options.run(options)
    except (CellError, ValueError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return REFUSED
    print(json.dumps(plain(result), indent=2, ensure_ascii=False) if options.json else as_text(result))
    return DONE


def _parser() -> argparse.ArgumentParser:
    shared = Parser(add_help=False)
    shared.add_argument("--json", action="store_true", help="print JSON instead of a table")
    shared.add_argument("--conf-level", type=float, default=0.95, help="0.95 for a 95 %% interval")
    parser = Parser(prog="python -m metrics", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text, parents=[shared])
        added.set_defaults(run=run)
        return added

    evaluating = command("evaluate", _evaluate, "The effect that answers show: one row an answer.")
    evaluating.add_argument("file", type=Path, nargs="?", metavar="FILE.csv")
    evaluating.add_argument(
        "--study", type=Path, metavar="FOLDER", help="a campaign's record, survey and exports instead"
    )
    for name, text in (
        ("outcome", "numbers, or yes and no"),
        ("arm", "who was addressed: campaign and comparison"),
        ("wave", "when they were asked: before and after"),
        ("unit", "who answered, where the same people were asked twice"),
        ("cluster", "the village, school or group that was drawn whole"),
        ("weight", "sampling weights"),
        ("block", "within which arms were drawn"),
    ):
        evaluating.add_argument(f"--{name}", metavar="COLUMN", help=f"{text} (default: the column {name!r}, if any)")
    evaluating.add_argument(
        "--covariate", action="append", default=[], metavar="COLUMN", help="known before; repeatable"
    )
    evaluating.add_argument("--comparison", metavar="NAME", help="the arm to compare with, where it has another name")
    evaluating.add_argument("--before", metavar="NAME", help="the earlier wave, where it has another name")

    pooling = command("pool", _pool, "What several studies say together: one row a study.")
    pooling.add_argument("file", type=Path, metavar="FILE.csv")
    pooling.add_argument(
        "--measure", choices=sorted(COUNTS), default="risk_difference", help="where the table has counts"
    )
    pooling.add_argument("--ratio", action="store_true", help="effects are ratios: pooled as logarithms")
    pooling.add_argument("--method", default="REML", help="EE, DL, PM, REML, ML, EB, SJ, HE or HS")
    pooling.add_argument(
        "--adjustment", default="knapp_hartung_modified", help="knapp_hartung_modified, knapp_hartung or none"
    )

    planning = command("plan", _plan, "How many to ask, or what could be seen: one row a plan, or options for one.")
    planning.add_argument("file", type=Path, nargs="?", metavar="FILE.csv")
    for name, text in PLAN.items():
        planning.add_argument(f"--{name.replace('_', '-')}", type=float, help=text)
    return parser


PLAN = {
    "baseline": "share of people without the campaign, 0 to 1",
    "change": "change to be seen: of the share (0.05 is five in a hundred), or with --sd of the mean",
    "sd": "standard deviation between people, for means",
    "n": "people (with --cluster-size: clusters) in the campaign group",
    "power": "chance of seeing the change, 0.80 if not said",
    "ratio": "size of the comparison group as a multiple of the campaign group, 1 if not said",
    "cluster_size": "people asked in each cluster",
    "icc": "correlation of two people of one cluster",
    "size_variation": "standard deviation of cluster sizes over their mean",
}


def _read(path: Path) -> pd.DataFrame:
    """A table of text whose index is the line of each row in the file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"cannot be read ({error.strerror})"
        raise CellError(f"{path} {reason}") from error
    first = next(filter(None, text.split("\n")), "")
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    lines = [(reader.line_num, row) for row in reader if row]
    if len(lines) < 2:
        raise CellError(f"{path} has no rows below its header")
    header, rows = [name.strip() for name in lines[0][1]], dict(lines[1:])
    if len(set(header)) < len(header):
        raise CellError(f"{path} has two columns named {next(name for name in header if header.count(name) > 1)!r}")
    for line, row in rows.items():
        if len(row) != len(header):
            raise CellError(f"line {line} of {path} has {len(row)} cells, the header has {len(header)}")
    return pd.DataFrame(list(rows.values()), index=list(rows), columns=header, dtype="str")


def _study(folder: Path) -> Row:
    """A campaign's record, survey and exports, judged as the dashboard does."""
    from campaigns.study_folders import read_study  # with a store and its readers, which a table does not need

    study = read_study(folder)
    evaluation = evaluate(
        study.campaign,
        answers=study.evidence.answers,
        delivery=study.evidence.delivery,
        cells=study.evidence.cells,
    )
    said = {name: [sentence(problem) for problem in problems] for name, problems in study.problems.items() if problems}
    return evaluation_as_result(evaluation) | ({"files": said} if said else {})


def _evaluate(options: argparse.Namespace) -> Row:
    if options.study is not None:
        return _study(options.study)
    if options.file is None:
        raise ValueError("name a table, FILE.csv, or a folder by --study")
    table = _read(options.file)
    names = {
        name: getattr(options, name) or (name if name in table else None)
        for name in ("outcome", "arm", "wave", "unit", "cluster", "weight", "block")
    }
    data: dict[str, Any] = {"outcome": numbers(table, names["outcome"] or "outcome")}
    several = False
    if (arm := names["arm"]) is not None:
        named = labels(table, arm)
        several = named.nunique() > 2 and options.comparison is not None and names["wave"] is None
        data["arm"] = named if several else sides(table, arm, first=options.comparison)
    if names["wave"]:
        data["wave"] = sides(table, names["wave"], first=options.before, waves=True)
    if names["weight"]:
        data["weight"] = numbers(table, names["weight"])
    data |= {name: labels(table, given) for name in ("unit", "cluster", "block") if (given := names[name]) is not None}
    data |= {f"covariate {name}": covariate(table, name) for name in options.covariate}
    frame = pd.DataFrame(data)
    columns = Columns(
        outcome="outcome",
        covariates=tuple(f"covariate {name}" for name in options.covariate),
        **{name: name for name in ("arm", "wave", "unit", "cluster", "weight", "block") if name in frame},
    )
    if several:
        return _several(frame, columns, options)
    chosen = estimated(frame, columns, conf_level=options.conf_level)
    return {
        "effect": chosen.estimate,
        "reasons": [str(reason) for reason in chosen.because],
        "beside": list(chosen.beside),
    }


def _several(frame: pd.DataFrame, columns: Columns, options: argparse.Namespace) -> Row:
    found = compare_arms(
        frame,
        outcome="outcome",
        arm="arm",
        comparison=options.comparison,
        covariates=columns.covariates,
        block=columns.block,
        cluster=columns.cluster,
        weights=columns.weight,
        conf_level=options.conf_level,
    )
    return {"arms": [{"arm": e.arm, "effect": e.estimate, "holm": e.holm, "bh": e.benjamini_hochberg} for e in found]}


def _pool(options: argparse.Namespace) -> Row:
    table = _read(options.file)
    sizes = _sizes(table, options)
    pooled = pool(
        sizes.effects, sizes.variances, method=options.method, adjustment=options.adjustment,
        conf_level=options.conf_level,
    )  # fmt: skip
    logarithms = options.ratio or ("events_a" in table and options.measure != "risk_difference")
    return {
        "pooled": _back(pooled) if logarithms else _of(pooled),
        "scale": "ratio" if logarithms else "difference",
        "heterogeneity": {"tau2": pooled.tau2, "i2": pooled.i2, "q": pooled.q},
        "weights": dict(zip(_studies(table), pooled.weights, strict=True)),
    }


def _studies(table: pd.DataFrame) -> list[str]:
    """The name of each, with its line where it has none of its own."""
    names = list(labels(table, "study").fillna("study")) if "study" in table else ["study"] * len(table)
    return [
        name if names.count(name) == 1 else f"{name} (line {line})"
        for name, line in zip(names, table.index, strict=True)
    ]


def _sizes(table: pd.DataFrame, options: argparse.Namespace) -> EffectSizes:
    def cells(name: str) -> list[float]:
        values = numbers(table, name)
        if values.isna().any():
            raise CellError(f"line {values.index[values.isna()][0]}: {name} is missing")
        return list(values)

    if "events_a" in table:
        return COUNTS[options.measure](*(cells(name) for name in ("events_a", "total_a", "events_b", "total_b")))
    effects = cells("effect")
    if "low" in table and "high" in table:
        return from_intervals(effects, cells("low"), cells("high"), ratio=options.ratio, conf_level=options.conf_level)
    variances = cells("variance") if "variance" in table else [se**2 for se in cells("se")]
    if options.ratio:
        if min(effects) <= 0:
            raise CellError(f"a ratio of {min(effects):g} has no logarithm")
        effects = [math.log(effect) for effect in effects]
    return EffectSizes(effects=tuple(effects), variances=tuple(variances))


def _of(pooled: Pooled) -> Row:
    names = ("k", "estimate", "se", "conf_low", "conf_high", "p_value", "df", "conf_level", "method", "adjustment")
    return {name: getattr(pooled, name) for name in (*names, "prediction_low", "prediction_high")}


def _back(pooled: Pooled) -> Row:
    """Ratios; the standard error stays that of the logarithm."""
    turned = ("estimate", "conf_low", "conf_high", "prediction_low", "prediction_high")
    return {
        name: math.exp(value) if name in turned and value is not None else value for name, value in _of(pooled).items()
    }


def _plan(options: argparse.Namespace) -> Row:
    given = {name: getattr(options, name) for name in PLAN}
    if options.file is None:
        return {"plans": [_planned(given, options.conf_level)]}
    table = _read(options.file)
    columns = {name: numbers(table, name) for name in PLAN if name in table}
    plans = []
    for line in table.index:
        own = {name: float(cells[line]) for name, cells in columns.items() if not math.isnan(cells[line])}
        try:
            plans.append(_planned(given | own, options.conf_level))
        except ValueError as error:
            raise CellError(f"line {line}: {error}") from error
    return {"plans": plans}


def _planned(given: dict[str, float | None], conf_level: float) -> Row:
    """A plan with what was asked of it: the people where they are not said, else the change, else the power."""
    baseline, change, sd, n = (given.get(name) for name in ("baseline", "change", "sd", "n"))
    if (baseline is None) == (sd is None):
        raise CellError("a plan needs either a baseline (share of people) or an sd (of a mean)")
    outcome = (
        TwoMeans(difference=change or 0.0, sd=sd)
        if sd is not None
        else TwoProportions(baseline=baseline or 0.0, changed=(baseline or 0.0) + (change or 0.0))
    )
    clusters = None
    if (size := given.get("cluster_size")) is not None:
        clusters = Clusters(size=size, icc=given.get("icc") or 0.0, size_variation=given.get("size_variation") or 0.0)
    elif given.get("icc") is not None:
        raise CellError("an icc needs the cluster_size it goes with")
    shared: Row = {"ratio": given.get("ratio") or 1.0, "clusters": clusters, "conf_level": conf_level}
    wanted = given.get("power") or WANTED_POWER
    stated = {name: value for name, value in given.items() if value is not None}
    if n is None:
        if not change:
            raise CellError("a plan needs a change to be seen, or the number of people n")
        needed = sample_size(outcome, power=wanted, **shared)
        return stated | {"power": wanted, "asked_for": "n", "result": math.ceil(needed - 1e-9)}
    if change is None:
        found = smallest_detectable(outcome, n=n, power=wanted, **shared)
        return stated | {"power": wanted, "asked_for": "change", "result": found}
    return stated | {"asked_for": "power", "result": power(outcome, n=n, **shared)}


if __name__ == "__main__":
    sys.exit(main())
