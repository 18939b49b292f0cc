"""What `python -m metrics --help` offers, and that every option it names is told in words."""

import re

import pytest

from metrics.__main__ import main

COLUMNS = ("outcome", "arm", "wave", "unit", "cluster", "weight", "block")
SHARED = {"-h, --help": "", "--json": "", "--conf-level": "CONF_LEVEL"}
OPTIONS = {
    "evaluate": SHARED
    | {f"--{name}": "COLUMN" for name in (*COLUMNS, "covariate")}
    | {"--study": "FOLDER", "--comparison": "NAME", "--before": "NAME"},
    "pool": SHARED
    | {"--measure": "{odds_ratio,risk_difference,risk_ratio}", "--ratio": "", "--method": "METHOD"}
    | {"--adjustment": "ADJUSTMENT"},
    "plan": SHARED
    | {
        f"--{name}": name.upper().replace("-", "_")
        for name in ("baseline", "change", "sd", "n", "power", "ratio", "cluster-size", "icc", "size-variation")
    },
}


@pytest.fixture
def helped(capsys, monkeypatch):
    """The help of a command, unwrapped: all of it, and each option's name for its value and its words."""
    monkeypatch.setenv("COLUMNS", "400")

    def helped(*command):
        with pytest.raises(SystemExit) as stopped:
            main([*command, "--help"])
        text = capsys.readouterr().out
        assert stopped.value.code == 0
        options = re.findall(r"^  ((?:-h, )?--[\w-]+) ?(\S*)\s{2,}(.+)$", text.replace("\n" + " " * 24, " " * 24), re.M)
        return text, {option: (value, words) for option, value, words in options}

    return helped


@pytest.mark.parametrize("command", OPTIONS)
def test_every_option_is_told_in_words(helped, command):
    _, options = helped(command)
    assert {option: value for option, (value, _) in options.items()} == OPTIONS[command]
    for option, (_, words) in options.items():
        plain = re.sub(r"\b(EE|DL|PM|REML|ML|EB|SJ|HE|HS|JSON)\b|\(default.*", "", words)
        assert plain == plain.lower(), option
        assert ("JSON" in words) == (option == "--json")


def test_a_command_begins_with_its_question_and_names_its_file(helped):
    everything, _ = helped()
    assert everything.startswith("usage: python -m metrics [-h] COMMAND ...\n")
    assert "what a table of answers shows, what several studies say together" in everything
    for command, file in (("evaluate", "[FILE.csv]"), ("pool", "FILE.csv"), ("plan", "[FILE.csv]")):
        text, _ = helped(command)
        usage, question = text.split("\n\n")[:2]
        assert usage.startswith(f"usage: python -m metrics {command} [-h]")
        assert usage.endswith(f" {file}")
        assert re.fullmatch(r"[A-Z][a-z ,]+: [a-z ,]+\.", question)
        assert re.search(rf"^    {command}\s+{re.escape(question)}$", everything, re.M)


def test_columns_of_the_same_name_need_no_option(helped):
    _, options = helped("evaluate")
    for name in COLUMNS:
        assert options[f"--{name}"][1].endswith(f"(default: the column '{name}', if any)")


def test_the_methods_of_pooling_are_those_that_can_be_chosen(helped, capsys, tmp_path):
    studies = tmp_path / "studies.csv"
    studies.write_text("effect,se\n0.12,0.04\n0.05,0.03\n0.20,0.06\n")
    _, options = helped("pool")
    for option in ("--method", "--adjustment"):
        for choice in re.findall(r"\w+", options[option][1].replace(" or ", ", ")):
            assert main(["pool", str(studies), option, choice]) == 0
            assert re.search(rf"^{option[2:]} +{choice}$", capsys.readouterr().out, re.M)
    assert len(re.findall(r"\b[A-Z]+\b", options["--method"][1])) == 9
