"""`python -m metrics` as a person uses it: what it prints, what it refuses, and its exit codes."""

import json
import math
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from metrics.__main__ import main
from metrics.changes import change, difference_in_differences, placebos_in_space
from metrics.estimates import Proportion
from metrics.planning import Clusters, TwoMeans, TwoProportions, power, sample_size, smallest_detectable
from metrics.pooling import log_odds_ratios, pool
from metrics.proportions import risk_difference
from metrics.trials import adjusted_difference, compare_arms, randomisation_test, wild_cluster_bootstrap


@pytest.fixture
def run(capsys):
    """Run a command; gives its exit code, what it printed, and its complaints."""

    def run(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def found(run):
    """Run a command with --json and read what it prints."""

    def found(*arguments):
        code, out, complaint = run(*arguments, "--json")
        assert (code, complaint) == (0, "")
        return json.loads(out)

    return found


@pytest.fixture
def file(tmp_path):
    """Write a table as CSV."""

    def write(table, **options):
        path = tmp_path / "rows.csv"
        if isinstance(table, str):
            path.write_text(table, encoding="utf-8")
        else:
            table.to_csv(path, index=False, **options)
        return path

    return write


def answers(seed=0, *, clusters=16, people=10):
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame({"cluster": np.repeat(np.arange(clusters), 2 * people)})
    rows["wave"] = np.tile(np.repeat([0, 1], people), clusters)
    rows["unit"] = rows["cluster"] * people + np.tile(np.arange(people), 2 * clusters)
    rows["arm"] = rows["cluster"] % 2
    rows["outcome"] = rng.normal(size=len(rows)).round(3) + rows["arm"] * rows["wave"]
    return rows.assign(age=rng.integers(18, 60, len(rows)), weight=1 + rows["cluster"] % 3)


def names(rows):
    return rows.assign(
        arm=rows["arm"].map({0: "Control", 1: "Treatment"}), wave=rows["wave"].map({0: "baseline", 1: "endline"})
    )


def same(printed, estimate):
    for name in ("estimate", "conf_low", "conf_high", "p_value"):
        value = printed[name]
        assert float(value) == pytest.approx(getattr(estimate, name), rel=1e-9), name
    assert printed["method"] == estimate.method
    assert printed["n"] == estimate.n


def test_two_arms_asked_once_with_yes_and_no_have_the_score_interval(found, file):
    table = (
        "arm,outcome\n"
        + "campaign,yes\n" * 56
        + "campaign,no\n" * 14
        + "comparison,yes\n" * 48
        + "comparison,no\n" * 32
    )
    result = found("evaluate", file(table))
    same(result["effect"], risk_difference(Proportion(56, 70), Proportion(48, 80)))
    assert result["reasons"] == ["two_arms_once", "yes_and_no"]


def test_villages_count_where_they_are_recorded_and_few_are_checked_by_drawing_again(found, file):
    rows = answers(1, clusters=8).query("wave == 1").drop(columns=["wave", "unit", "weight"])
    result = found("evaluate", file(rows))
    named = {"outcome": "outcome", "arm": "arm", "cluster": "cluster"}
    same(result["effect"], adjusted_difference(rows, **named))
    bootstrap, redrawn = result["beside"]
    same(bootstrap, wild_cluster_bootstrap(rows, **named))
    same(redrawn, randomisation_test(rows, **named))
    assert result["reasons"] == ["two_arms_once", "clusters", "few_clusters_checked"]


def test_other_columns_are_named_by_options(found, file):
    rows = answers(2).query("wave == 1").drop(columns=["unit", "weight", "wave"])
    renamed = rows.rename(columns={"outcome": "score", "arm": "group", "cluster": "village"})
    renamed["group"] = renamed["group"].map({0: "none", 1: "film"})
    result = found(
        "evaluate", file(renamed), "--outcome", "score", "--arm", "group", "--cluster", "village",
        "--covariate", "age", "--comparison", "none", "--conf-level", 0.9,
    )  # fmt: skip
    expected = adjusted_difference(
        rows, outcome="outcome", arm="arm", cluster="cluster", covariates=["age"], conf_level=0.9
    )
    same(result["effect"], expected)
    assert "adjusted" in result["reasons"]


def test_two_waves_of_two_arms_are_a_difference_in_differences(found, file):
    rows = answers(3).drop(columns=["unit"])
    result = found("evaluate", file(names(rows)))
    expected = difference_in_differences(
        rows, outcome="outcome", arm="arm", period="wave", cluster="cluster", weights="weight"
    )
    same(result["effect"], expected)
    assert result["reasons"] == ["two_arms_twice", "clusters", "weights"]
    people = answers(3).drop(columns=["weight"])
    result = found("evaluate", file(names(people)))
    same(
        result["effect"],
        difference_in_differences(people, outcome="outcome", arm="arm", period="wave", unit="unit", cluster="cluster"),
    )
    assert "same_people" in result["reasons"]


def test_one_place_addressed_is_compared_with_placebos(found, file):
    rows = answers(4, clusters=24).drop(columns=["unit", "weight"])
    rows["arm"] = (rows["cluster"] == 3).astype(int)
    result = found("evaluate", file(rows))
    expected = placebos_in_space(rows, outcome="outcome", arm="arm", period="wave", place="cluster").estimate
    same(result["effect"], expected)
    assert result["reasons"][-1] == "one_cluster"
    assert "se" not in result["effect"]


def test_one_arm_asked_twice_has_a_change_and_no_effect(found, file):
    rows = answers(5).query("arm == 1")
    result = found("evaluate", file(rows[["outcome", "wave", "unit"]]))
    same(result["effect"], change(rows, outcome="outcome", period="wave", unit="unit"))
    assert result["effect"]["cautions"] == ["change_not_effect"]
    assert result["reasons"] == ["one_arm", "same_people"]


def test_several_arms_are_each_compared_and_corrected(found, file):
    rows = answers(6).query("wave == 1")[["outcome", "cluster"]].assign(arm=lambda t: t["cluster"] % 3)
    rows["arm"] = rows["arm"].map({0: "none", 1: "film", 2: "radio"})
    result = found("evaluate", file(rows.drop(columns="cluster")), "--comparison", "none")
    for printed, expected in zip(
        result["arms"], compare_arms(rows, outcome="outcome", arm="arm", comparison="none"), strict=True
    ):
        same(printed["effect"], expected.estimate)
        assert (printed["arm"], printed["holm"]) == (expected.arm, pytest.approx(expected.holm))


def test_one_arm_asked_once_is_refused_with_its_reason(found, file):
    assert found("evaluate", file("outcome\n1\n0\n"))["effect"]["reason"] == "nobody_in_a_group"


def test_spreadsheets_write_semicolons_and_decimal_commas(found, file):
    rows = answers(7).query("wave == 1")[["outcome", "arm"]]
    result = found("evaluate", file(rows, sep=";", decimal=","))
    same(result["effect"], adjusted_difference(rows, outcome="outcome", arm="arm"))


def test_gaps_are_left_out_and_that_is_said(run, file):
    table = "outcome,arm\n" + "1,1\n0,1\n1,1\n,1\n0,0\nNA,0\n1,0\n0,0\n"
    code, out, _ = run("evaluate", file(table))
    assert code == 0
    assert "n                 6" in out
    assert "miettinen_nurminen" in out


def test_studies_are_pooled_from_errors_intervals_or_counts(found, file):
    expected = pool([0.12, 0.05, 0.2], [0.0016, 0.0009, 0.0036])
    table = "study,effect,se\nA,0.12,0.04\nB,0.05,0.03\nC,0.2,0.06\n"
    result = found("pool", file(table))
    assert result["pooled"]["estimate"] == pytest.approx(expected.estimate)
    assert result["pooled"]["prediction_low"] == pytest.approx(expected.prediction_low)
    assert result["heterogeneity"]["tau2"] == pytest.approx(expected.tau2)
    assert result["weights"] == pytest.approx(dict(zip("ABC", expected.weights, strict=True)))
    variances = found("pool", file("effect,variance\n0.12,0.0016\n0.05,0.0009\n0.2,0.0036\n"))
    assert variances["pooled"]["conf_high"] == pytest.approx(result["pooled"]["conf_high"])


def test_ratios_are_pooled_as_logarithms_and_shown_as_ratios(found, file):
    table = "events_a,total_a,events_b,total_b\n30,100,20,100\n45,120,40,118\n12,60,9,66\n"
    sizes = log_odds_ratios([30, 45, 12], [100, 120, 60], [20, 40, 9], [100, 118, 66])
    expected = pool(sizes.effects, sizes.variances, method="DL", adjustment="none")
    result = found("pool", file(table), "--measure", "odds_ratio", "--method", "DL", "--adjustment", "none")
    assert result["scale"] == "ratio"
    assert result["pooled"]["conf_low"] == pytest.approx(math.exp(expected.conf_low))
    assert result["pooled"]["se"] == pytest.approx(expected.se)
    published = found("pool", file("effect,low,high\n1.5,1.1,2.05\n1.2,0.8,1.8\n"), "--ratio")
    assert 1.2 < published["pooled"]["estimate"] < 1.5
    given = found("pool", file("effect,se\n1.5,0.2\n1.2,0.1\n"), "--ratio")
    assert given["pooled"]["estimate"] == pytest.approx(
        math.exp(pool([math.log(1.5), math.log(1.2)], [0.04, 0.01]).estimate)
    )


def test_plans_say_people_change_or_power(found, file):
    people = found("plan", "--baseline", 0.3, "--change", 0.05)["plans"][0]
    assert people["result"] == math.ceil(sample_size(TwoProportions(baseline=0.3, changed=0.35)))
    seen = found("plan", "--baseline", 0.3, "--n", 500, "--power", 0.9)["plans"][0]
    assert seen["result"] == pytest.approx(
        smallest_detectable(TwoProportions(baseline=0.3, changed=0.3), n=500, power=0.9)
    )
    chance = found("plan", "--sd", 2, "--change", 1, "--n", 40, "--ratio", 2)["plans"][0]
    assert chance["result"] == pytest.approx(power(TwoMeans(difference=1, sd=2), n=40, ratio=2))
    assert [plan["asked_for"] for plan in (people, seen, chance)] == ["n", "change", "power"]


def test_plans_can_be_rows_with_options_for_all(found, file):
    table = "baseline,change,icc\n0.3,0.10,0.05\n0.5,0.10,0.01\n"
    plans = found("plan", file(table), "--cluster-size", 20)["plans"]
    for plan, (baseline, icc) in zip(plans, ((0.3, 0.05), (0.5, 0.01)), strict=True):
        outcome = TwoProportions(baseline=baseline, changed=baseline + 0.10)
        expected = sample_size(outcome, clusters=Clusters(size=20, icc=icc))
        assert plan["result"] == math.ceil(expected)


@pytest.mark.parametrize(
    ("command", "table", "options", "sentence"),
    [
        ("evaluate", "arm\n1\n0\n", [], "there is no column 'outcome'; the columns are arm"),
        ("evaluate", "outcome,arm\n1,1\nmaybe,0\n", [], "line 3: outcome is 'maybe', must be a number, or yes or no"),
        ("evaluate", "outcome,arm\n1,film\n0,none of it\n", [], "column 'arm' holds film, none of it: say with"),
        ("evaluate", "outcome,arm\n1,a\n0,b\n", ["--comparison", "c"], "no row has 'c' in column 'arm', which holds a"),
        ("evaluate", "outcome,arm\n", [], "has no rows below its header"),
        ("evaluate", "outcome,arm\n1,1,1\n", [], "line 2 of"),
        ("evaluate", "arm,arm\n1,1\n", [], "two columns named 'arm'"),
        ("evaluate", "outcome,arm,weight\n1,1,0\n1,1,1\n0,0,1\n1,0,2\n", [], "weights must be above zero"),
        ("evaluate", "outcome,wave\n1,t1\n0,t2\n", [], "say with --before"),
        ("evaluate", "outcome,arm\n1,1\n0,0\n", ["--conf-level", "95"], "conf_level 95.0 is not between 0 and 1"),
        ("pool", "effect,se\n0.1,0.1\n", [], "1 study cannot be pooled"),
        ("pool", "effect,se\n0.1,0.1\n0.2,\n", [], "line 3: se is missing"),
        ("pool", "effect,se\n-0.1,0.1\n0.2,0.1\n", ["--ratio"], "a ratio of -0.1 has no logarithm"),
        ("pool", "effect\n0.1\n0.2\n", [], "there is no column 'se'"),
        ("plan", "baseline,change\n0.3,0.1\n1.3,0.1\n", [], "line 3: 1.3 and"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_sentence_and_code_two(run, file, command, table, options, sentence):
    code, out, complaint = run(command, file(table), *options)
    assert (code, out) == (2, "")
    assert sentence in complaint
    assert complaint.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "COMMAND"),
        (["evaluate"], "FILE.csv"),
        (["evaluate", "nowhere.csv"], "nowhere.csv cannot be read (No such file or directory)"),
        (["plan"], "a plan needs either a baseline"),
        (["plan", "--baseline", "0.3"], "a plan needs a change to be seen"),
        (["plan", "--baseline", "0.3", "--change", "0.1", "--icc", "0.1"], "an icc needs the cluster_size"),
        (["plan", "--baseline", "many"], "invalid float value: 'many'"),
    ],
)
def test_wrong_use_is_one_sentence_and_code_two(run, arguments, sentence):
    code, out, complaint = run(*arguments)
    assert (code, out) == (2, "")
    assert sentence in complaint
    assert complaint.count("\n") == 1


def test_a_file_that_is_no_text_is_said(run, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_bytes("outcome,arm\n1,é\n".encode("utf-16"))
    code, _, complaint = run("evaluate", path)
    assert (code, complaint) == (2, f"{path} is not UTF-8 text\n")


def test_pooled_studies_print_as_a_table(run, file):
    _, out, _ = run("pool", file("study,effect,se\nA,0.12,0.04\nB,0.05,0.03\nC,0.2,0.06\n"))
    assert out.splitlines()[0] == "POOLED"
    assert "scale             difference" in out
    assert "\nA                 0." in out


def test_other_methods_are_printed_beside(run, file):
    rows = answers(1, clusters=8).query("wave == 1").drop(columns=["wave", "unit", "weight"])
    _, out, _ = run("evaluate", file(rows))
    assert out.count("BESIDE") == 2
    assert "reasons           two_arms_once, clusters, few_clusters_checked" in out


def test_arms_that_split_villages_are_only_bootstrapped(found, file):
    rows = answers(8, clusters=8).query("wave == 1")[["outcome", "cluster"]].reset_index(drop=True)
    result = found("evaluate", file(rows.assign(arm=rows.index % 2)))
    assert [beside["method"] for beside in result["beside"]] == ["wild_cluster_bootstrap"]


def test_it_runs_as_a_module_and_prints_a_table():
    process = subprocess.run(
        [sys.executable, "-m", "metrics", "plan", "--baseline", "0.5", "--change", "0.25"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (process.returncode, process.stderr) == (0, "")
    assert "result            58" in process.stdout  # R: power.prop.test(p1 = .50, p2 = .75, power = .80) gives 57.7
