"""Files as people write them, and every figure that `python -m metrics` takes from them and gives back."""

import contextlib
import io
import json
import math

import pandas as pd
import pytest

from metrics.__main__ import main
from metrics.planning import Clusters, TwoMeans, TwoProportions, power, sample_size, smallest_detectable
from metrics.pooling import from_intervals, log_risk_ratios, pool, risk_differences
from metrics.trials import adjusted_difference, compare_arms
from tests.test_metrics_command_line import answers, same

STUDIES = "study,effect,se\nA,0.12,0.04\nB,0.05,0.03\nC,0.2,0.06\n"
COUNTS = "events_a,total_a,events_b,total_b\n30,100,20,100\n45,120,40,118\n12,60,9,66\n"
COLUMNS = ([30, 45, 12], [100, 120, 60], [20, 40, 9], [100, 118, 66])


@pytest.fixture
def told(tmp_path):
    """What a command prints of a table that is written as a file."""

    def told(command, text, *options, code=0):
        path = tmp_path / "rows.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text.to_csv(index=False).encode())
        out, complaint = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(complaint):
            assert main([command, str(path), *map(str, options), "--json"]) == code
        return complaint.getvalue() if code else json.loads(out.getvalue())

    return told


def test_line_numbers_are_those_of_the_file_where_lines_are_blank(told):
    assert "line 5 of" in told("evaluate", "\noutcome,arm\n1,1\n\n0\n", code=2)
    assert told("evaluate", "outcome,arm\n\n1,1\nmaybe,0\n", code=2).startswith("line 4: outcome is 'maybe'")
    assert told("pool", "effect,se\n0.1,0.1\n\n0.2,\n", code=2).startswith("line 4: se is missing")
    assert told("plan", "baseline,change\n0.3,0.1\n\n1.3,0.1\n", code=2).startswith("line 4: 1.3 and")


@pytest.mark.parametrize("text", ["", "\n\n", "outcome,arm\n", "\noutcome,arm\n\n"])
def test_a_file_without_rows_says_so(told, text):
    assert told("evaluate", text, code=2).endswith("rows.csv has no rows below its header\n")


def test_a_column_named_twice_is_told_by_its_name(told):
    message = told("evaluate", "arm,outcome,age,outcome\n1,1,20,1\n", code=2)
    assert message.endswith("rows.csv has two columns named 'outcome'\n")


def test_tabs_spaces_around_names_and_a_mark_at_the_beginning_are_read(told):
    given = told("evaluate", "outcome,arm\n1,1\n0,1\n1,1\n0,0\n0,0\n1,0\n")
    assert told("evaluate", "\ufeffoutcome\t arm \n1\t1\n0\t1\n1\t1\n0\t0\n0\t0\n1\t0\n") == given
    assert told("evaluate", "\narm;outcome\r\n1;1\r\n1;0\r\n1;1\r\n0;0\r\n0;0\r\n0;1\r\n") == given


def test_what_parts_the_cells_is_what_parts_the_header_however_many_decimal_commas_follow(told):
    text = "study;effect;se\nA;0,12;0,04\nB;0,05;0,03\nC;0,2;0,06\nD;0,1;0,05\n"
    assert told("pool", text) == told("pool", text.replace(",", ".").replace(";", ","))


def test_json_is_laid_out_for_people_and_keeps_their_letters(tmp_path, capsys):
    path = tmp_path / "rows.csv"
    path.write_text(STUDIES.replace("A,", "Médenine,"), encoding="utf-8")
    main(["pool", str(path), "--json"])
    out = capsys.readouterr().out
    assert out.startswith('{\n  "pooled": {\n    "k": 3,\n')
    assert '"Médenine": ' in out


def test_a_folder_without_a_study_is_one_sentence(tmp_path, capsys):
    assert main(["evaluate", "--study", str(tmp_path)]) == 2
    out, complaint = capsys.readouterr()
    assert out == ""
    assert complaint.count("\n") == 1
    assert main(["evaluate"]) == 2
    assert capsys.readouterr().err == "name a table, FILE.csv, or a folder by --study\n"


def test_blocks_and_the_earlier_wave_have_options_too(told):
    rows = answers(2, clusters=24).query("wave == 1").drop(columns=["unit", "weight", "wave"])
    rows["district"] = rows["cluster"] // 4
    found = told("evaluate", rows, "--block", "district")["effect"]
    same(found, adjusted_difference(rows, outcome="outcome", arm="arm", cluster="cluster", block="district"))
    twice = answers(5)[["outcome", "wave", "unit", "arm"]].query("arm == 1").drop(columns="arm")
    renamed = twice.assign(round=twice["wave"].map({0: "spring", 1: "autumn"})).drop(columns="wave")
    assert told("evaluate", renamed, "--wave", "round", "--before", "spring") == told("evaluate", twice)


def test_several_arms_keep_villages_blocks_weights_and_what_was_known_before(told):
    rows = answers(6, clusters=36).query("wave == 1").drop(columns=["wave", "unit"])
    rows["arm"] = (rows["cluster"] % 3).map({0: "none", 1: "film", 2: "radio"})
    rows["block"] = rows["cluster"] // 6
    found = told("evaluate", rows, "--comparison", "none", "--covariate", "age", "--conf-level", 0.9)["arms"]
    expected = compare_arms(
        rows, outcome="outcome", arm="arm", comparison="none", covariates=["age"], block="block", cluster="cluster",
        weights="weight", conf_level=0.9,
    )  # fmt: skip
    for printed, other in zip(found, expected, strict=True):
        same(printed["effect"], other.estimate)
        assert printed["bh"] == pytest.approx(other.benjamini_hochberg)
        assert printed["effect"]["conf_level"] == 0.9


def test_two_arms_of_other_names_are_two_arms_not_several(told):
    rows = answers(3).query("wave == 1")[["outcome", "arm"]]
    renamed = rows.assign(arm=rows["arm"].map({0: "none", 1: "film"}))
    assert told("evaluate", renamed, "--comparison", "none") == told("evaluate", rows)
    three = rows.assign(arm=["none", "film", "radio", *["none"] * (len(rows) - 3)])
    assert "say with --comparison" in told("evaluate", three, code=2)


def test_studies_without_a_name_of_their_own_are_told_by_their_line(told):
    weights = pool([0.12, 0.05, 0.2], [0.0016, 0.0009, 0.0036]).weights
    for text, names in (
        (STUDIES.replace("study,", "name,"), ("study (line 2)", "study (line 3)", "study (line 4)")),
        (STUDIES.replace("C,", "A,"), ("A (line 2)", "B", "A (line 4)")),
        (STUDIES.replace("C,", ","), ("A", "B", "study")),
    ):
        assert told("pool", text)["weights"] == pytest.approx(dict(zip(names, weights, strict=True)))


def same_pooling(printed, expected, turned=float):
    given = printed["pooled"]
    for name in ("estimate", "conf_low", "conf_high", "prediction_low", "prediction_high"):
        assert given[name] == pytest.approx(turned(getattr(expected, name))), name
    for name in ("k", "se", "p_value", "df", "conf_level"):
        assert given[name] == pytest.approx(getattr(expected, name)), name
    assert (given["method"], given["adjustment"]) == (expected.method, expected.adjustment)
    assert printed["heterogeneity"] == pytest.approx({"tau2": expected.tau2, "i2": expected.i2, "q": expected.q})


def test_every_figure_of_a_pooling_is_given(told):
    expected = pool([0.12, 0.05, 0.2], [0.0016, 0.0009, 0.0036], conf_level=0.9)
    printed = told("pool", STUDIES, "--conf-level", 0.9)
    same_pooling(printed, expected)
    assert printed["scale"] == "difference"
    assert (expected.method, expected.adjustment) == ("REML", "knapp_hartung_modified")


def test_counts_are_pooled_in_the_measure_that_is_asked_for(told):
    differences, ratios = risk_differences(*COLUMNS), log_risk_ratios(*COLUMNS)
    printed = told("pool", COUNTS)
    same_pooling(printed, pool(differences.effects, differences.variances))
    assert printed["scale"] == "difference"
    printed = told("pool", COUNTS, "--measure", "risk_ratio")
    same_pooling(printed, pool(ratios.effects, ratios.variances), math.exp)
    assert printed["scale"] == "ratio"


@pytest.mark.parametrize("ratio", [False, True])
def test_published_intervals_are_of_the_level_that_is_said(told, ratio):
    table = ([1.5, 1.2, 1.1], [1.1, 0.8, 0.9], [2.05, 1.8, 1.35])
    text = pd.DataFrame(dict(zip(("effect", "low", "high"), table, strict=True)))
    sizes = from_intervals(*table, ratio=ratio, conf_level=0.9)
    printed = told("pool", text, "--conf-level", 0.9, *["--ratio"] * ratio)
    same_pooling(printed, pool(sizes.effects, sizes.variances, conf_level=0.9), math.exp if ratio else float)
    assert told("pool", text, "--method", "EE", "--ratio")["pooled"]["prediction_low"] is None


def test_one_limit_alone_is_no_interval(told):
    with_one = "study,low,effect,se\nA,0.1,0.12,0.04\nB,0.1,0.05,0.03\nC,0.1,0.2,0.06\n"
    assert told("pool", with_one) == told("pool", STUDIES)


def test_a_ratio_of_nothing_has_no_logarithm(told):
    assert told("pool", "effect,se\n0,0.1\n0.2,0.1\n", "--ratio", code=2) == "a ratio of 0 has no logarithm\n"


def test_villages_of_a_plan_bring_their_size_their_correlation_and_how_much_they_differ(told):
    outcome = TwoProportions(baseline=0.3, changed=0.4)
    villages = Clusters(size=20, icc=0.05, size_variation=0.4)
    options = ("--cluster-size", 20, "--icc", 0.05, "--size-variation", 0.4, "--conf-level", 0.9, "--ratio", 2)
    shared = {"clusters": villages, "conf_level": 0.9, "ratio": 2.0}
    needed, chance = told("plan", "baseline,change,n\n0.3,0.1,\n0.3,0.1,12\n", *options)["plans"]
    assert needed["result"] == math.ceil(sample_size(outcome, **shared))
    assert chance["result"] == pytest.approx(power(outcome, n=12, **shared))
    seen = told("plan", "baseline,n\n0.3,12\n", *options, "--power", 0.9)["plans"][0]
    assert seen["result"] == pytest.approx(
        smallest_detectable(TwoProportions(baseline=0.3, changed=0.3), n=12, power=0.9, **shared)
    )
    assert (seen["asked_for"], seen["power"], seen["n"], seen["icc"]) == ("change", 0.9, 12, 0.05)
    assert "change" not in seen


def test_a_plan_says_what_was_given_and_what_was_asked_for(told):
    needed, seen, chance = told("plan", "sd,change,n\n2,0.5,\n2,,100\n2,0.5,100\n")["plans"]
    means = TwoMeans(difference=0.5, sd=2)
    whole = math.ceil(sample_size(means))
    assert needed == {"sd": 2, "change": 0.5, "power": 0.8, "asked_for": "n", "result": whole}
    assert seen["result"] == pytest.approx(smallest_detectable(TwoMeans(difference=0, sd=2), n=100))
    assert chance == {"sd": 2, "change": 0.5, "n": 100, "asked_for": "power", "result": power(means, n=100)}


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("baseline,sd,n\n0.3,1,50\n", "line 2: a plan needs either a baseline (share of people) or an sd (of a mean)"),
        ("n\n50\n", "line 2: a plan needs either a baseline (share of people) or an sd (of a mean)"),
        ("baseline,icc,n\n0.3,0.1,50\n", "line 2: an icc needs the cluster_size it goes with"),
        ("baseline\n0.3\n", "line 2: a plan needs a change to be seen, or the number of people n"),
        ("baseline,change\n0.3,0\n", "line 2: a plan needs a change to be seen, or the number of people n"),
    ],
)
def test_a_plan_that_lacks_something_is_told_what(told, table, sentence):
    assert told("plan", table, code=2) == f"{sentence}\n"
