"""The command line as a person uses it: what it stores, prints and refuses, and its exit codes."""

import datetime as dt
import hashlib
import json
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest

from campaigns.aggregates import answer_counts, delivery
from campaigns.batches import Status, already_stored
from campaigns.command_line import main
from campaigns.current import batch_path
from campaigns.exports.reading import read_tables
from campaigns.messages import PROBLEMS, sentence
from campaigns.problems import Problem, Severity
from campaigns.records import Design, Ethics, Outcome, Rung, Study
from campaigns.serialising import encode
from campaigns.store import open_store
from tests.examples import campaign

HEADER = (
    "campaign_id,campaign_name,platform,date,country,language,age_group,gender,impressions,reach,clicks,spend,currency"
)
GOOD = f"""{HEADER}
1,Know before you go,meta_ads,2026-03-01,SEN,fr,18-24,female,1000,800,20,12.50,EUR
1,Know before you go,meta_ads,2026-03-02,SEN,fr,18-24,female,1100,850,25,13.50,EUR
"""
BAD = GOOD.replace("1100", "many")
AMBIGUOUS = GOOD.replace("2026-03-01", "01/03/2026").replace("2026-03-02", "02/03/2026")


@pytest.fixture
def run(store, tmp_path, capsys):
    """Run a command on the store; gives its exit code, what it printed, and its complaints."""

    def run(*arguments):
        code = main([*map(str, arguments), "--store", str(store.folder), "--person", "Amina"])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def file(tmp_path):
    """Write a file."""

    def write(content, name="march.csv"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return write


def test_a_file_is_imported_and_its_receipt_printed(run, file, store):
    code, printed, _ = run("import", file(GOOD), "--campaign", "C1")
    (batch,) = store.batches("C1")
    assert code == 0
    assert printed.startswith("march.csv: meta_ads, ")
    assert "2 rows, 2026-03-01 to 2026-03-02" in printed
    assert "sum of impressions: 2,100\n" in printed
    assert "sum of spend: 26 EUR\n" in printed
    assert "sum of reach: not added up\n" in printed
    assert f"Stored as batch {batch.id}: 2 new rows, 0 corrected, 0 unchanged, 0 replaced.\n" in printed
    assert (batch.saved_by, batch.rows) == ("Amina", 2)


def test_the_same_file_again_says_that_nothing_changed(run, file, store):
    run("import", file(GOOD), "--campaign", "C1")
    code, printed, _ = run("import", file(GOOD), "--campaign", "C1")
    assert code == 0
    (batch,) = store.batches()
    assert printed == f"march.csv: the same file was stored before, as batch {batch.id}. Nothing changes.\n"


def test_the_same_file_is_known_without_being_read(run, file, store):
    path = file(GOOD)
    run("import", path, "--campaign", "C1")
    (batch,) = store.batches()
    assert already_stored(store, hashlib.sha256(path.read_bytes()).hexdigest()) == (batch,)
    assert already_stored(store, "0" * 64) == ()
    run("undo", batch.id)
    assert already_stored(store, batch.sha256) == ()


def test_a_file_that_counts_for_another_campaign_is_told_of(run, file, store):
    store.save_campaign(campaign("C2"), person="Amina")
    run("import", file(GOOD), "--campaign", "C1")
    (batch,) = store.batches()
    code, printed, _ = run("import", file(GOOD), "--campaign", "C2")
    assert code == 0
    assert f"march.csv: the same file is stored for campaign C1 as well, as batch {batch.id}.\n" in printed
    assert [stored.campaign for stored in store.batches()] == ["C1", "C2"]


def test_the_figures_that_a_newer_export_lowers_are_told_before_and_after(run, file, store):
    run("import", file(GOOD), "--campaign", "C1")
    lower = file(GOOD.replace("1000,800,20,12.50", "900,800,20,12.25"), "later.csv")
    _, printed, _ = run("import", lower, "--campaign", "C1", "--dry-run")
    assert "Warning: Figures of stored rows are lower in this file, or not in it (rows: 1)." in printed
    assert "  impressions of the changed rows: 1,000 stored, 900 in this file\n" in printed
    assert "  spend of the changed rows: 12.50 stored, 12.25 in this file\n" in printed
    code, printed, _ = run("import", lower, "--campaign", "C1")
    assert code == 0
    assert "0 new rows, 1 corrected, 1 unchanged, 0 replaced" in printed
    assert delivery(store)["impressions"].tolist() == [2000]


def test_a_file_with_an_error_is_refused_with_row_column_value_and_what_to_do(run, file, store):
    code, printed, _ = run("import", file(BAD), "--campaign", "C1")
    assert code == 2
    assert "Error: row 3, column “impressions”: “many” is not a number. Write digits only" in printed
    assert "Not stored: 1 to decide. Good rows: 1.\n" in printed
    assert store.batches() == ()


def test_the_good_rows_are_kept_when_a_person_says_so(run, file, store):
    code, printed, _ = run("import", file(BAD), "--campaign", "C1", "--keep-good-rows")
    assert code == 0
    assert "1 new rows" in printed
    assert [batch.rows for batch in store.batches()] == [1]


def test_an_open_question_is_refused_until_it_is_answered(run, file, store, tmp_path):
    code, printed, _ = run("import", file(AMBIGUOUS), "--campaign", "C1", "--keep-good-rows")
    assert code == 2
    assert 'Answer with {"date_order": "day_first"} or {"date_order": "month_first"}.' in printed
    assert store.batches() == ()
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"date_order": "day_first"}))
    code, printed, _ = run("import", file(AMBIGUOUS), "--campaign", "C1", "--answers", answers)
    assert code == 0
    assert store.batches()[0].window == (dt.date(2026, 3, 1), dt.date(2026, 3, 2))


def test_of_several_files_the_good_ones_are_stored_and_the_worst_gives_the_exit_code(run, file, store):
    code, _, _ = run("import", file(BAD, "bad.csv"), file(GOOD, "good.csv"), "--campaign", "C1")
    assert code == 2
    assert [batch.file_name for batch in store.batches()] == ["good.csv"]


def test_a_file_that_is_not_there_does_not_keep_the_others_out(run, file, store, tmp_path):
    code, _, complaints = run("import", tmp_path / "missing.csv", file(GOOD), "--campaign", "C1")
    assert code == 1
    assert "missing.csv" in complaints
    assert [batch.file_name for batch in store.batches()] == ["march.csv"]


def test_a_mistake_in_the_answers_stops_before_anything_is_stored(run, file, store, tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"yeer": "2026"}))
    code, printed, complaints = run("import", file(GOOD), "--campaign", "C1", "--answers", answers)
    assert (code, printed, store.batches()) == (1, "", ())
    assert "no question is called 'yeer'" in complaints


def test_a_file_that_holds_nothing_known_is_refused(run, file, store):
    code, printed, _ = run("import", file("a,b\n1,2\n"), "--campaign", "C1")
    assert code == 2
    assert "The columns are not those of a report we know, so nothing was stored." in printed


def test_a_file_without_a_campaign_is_stored_and_listed_as_such(run, file, store):
    code, printed, _ = run("import", file(GOOD))
    assert code == 0
    assert "assigned to no campaign" in printed
    code, printed, _ = run("list")
    assert code == 0
    assert "(no campaign)" in printed


def test_a_survey_is_read_by_the_questions_of_its_campaign(run, file, store):
    record = campaign(
        "S1",
        study=Study(design=Design.MATCHED),
        ethics=Ethics(consent=True),
        outcome=Outcome(id="knows", rung=Rung.KNOWLEDGE, question="Knows the risks?", column="knows", counts=("yes",)),
    )
    store.save_campaign(record, person="Amina")
    rows = [("campaign", "yes")] * 6 + [("comparison", "no")] * 6
    header = "_id;_uuid;_submission_time;arm;knows\n"
    content = header + "".join(
        f"{number};u{number};2026-05-01T10:00:00;{arm};{answer}\n" for number, (arm, answer) in enumerate(rows)
    )
    code, printed, _ = run("import", file(content, "survey.csv"), "--campaign", "S1")
    assert code == 0, printed
    assert "Stored as batch" in printed
    assert store.batches("S1")[0].rows == 12
    code, printed, _ = run("import", file(content, "survey.csv"))
    assert code == 2
    assert "give --campaign" in printed


def test_a_file_of_one_wave_is_stored_when_a_person_says_which(run, file, store, tmp_path):
    knows = Outcome(id="knows", rung=Rung.KNOWLEDGE, question="Knows the risks?", column="knows", counts=("yes",))
    study = Study(design=Design.BEFORE_AFTER)
    store.save_campaign(campaign("S1", study=study, ethics=Ethics(consent=True), outcome=knows), person="Amina")
    header = "_id;_uuid;_submission_time;knows\n"
    content = header + "".join(f"{number};u{number};2026-05-01T10:00:00;yes\n" for number in range(9))
    code, printed, _ = run("import", file(content, "baseline.csv"), "--campaign", "S1")
    assert (code, store.batches("S1")) == (2, ())
    assert "Error: column “wave”: This column is needed" in printed
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"wave": "before"}))
    code, printed, _ = run("import", file(content, "baseline.csv"), "--campaign", "S1", "--answers", answers)
    assert code == 0, printed
    counts = answer_counts(store)
    assert [(row.wave, row.arm, row.counted) for row in counts.itertuples()] == [("before", "campaign", 9)]


def test_the_receipt_says_how_the_file_was_read_and_what_stays_out(run, file):
    header = f"{HEADER},notes,Our contact"
    rows = "".join(f"{line},fine,+221 77 000 00 0{number}\n" for number, line in enumerate(GOOD.splitlines()[1:]))
    _, printed, _ = run("import", file(f"{header}\n{rows}"), "--campaign", "C1", "--dry-run")
    assert "  language of the headers: en\n" in printed
    assert "  days from: the rows\n" in printed
    assert "  currency: EUR\n" in printed
    assert "  not understood: Our contact\n" in printed
    assert "  personal data or free text, not stored: notes, Our contact\n" in printed
    assert "77 000" not in printed


def test_a_trial_stores_nothing_and_says_what_would_be(run, file, store):
    code, printed, _ = run("import", file(GOOD), "--campaign", "C1", "--dry-run")
    assert (code, store.batches()) == (0, ())
    assert "Would store 2 new rows, 0 corrected, 0 unchanged, 0 replaced. Nothing was stored" in printed
    code, _, _ = run("import", file(BAD), "--campaign", "C1", "--dry-run")
    assert (code, store.batches()) == (2, ())


def test_the_tables_of_an_archive_are_stored_one_by_one(run, tmp_path, store):
    path = tmp_path / "march.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.csv", GOOD)
        archive.writestr("two.csv", GOOD.replace("2026-03-0", "2026-03-1"))
        archive.writestr("read me.pdf", b"%PDF-1.7")
    code, printed, _ = run("import", path, "--campaign", "C1")
    assert code == 0, printed
    assert [batch.file_name for batch in store.batches()] == ["march.zip/one.csv", "march.zip/two.csv"]
    assert [batch.rows for batch in store.batches()] == [2, 2]
    code, printed, _ = run("import", path, "--campaign", "C1")
    one, two = store.batches()
    assert f"march.zip/one.csv: the same file was stored before, as batch {one.id}. Nothing changes.\n" in printed
    assert f"march.zip/two.csv: the same file was stored before, as batch {two.id}. Nothing changes.\n" in printed


def test_an_archive_that_is_not_safe_is_refused(run, tmp_path, store):
    path = tmp_path / "march.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../one.csv", GOOD)
    code, printed, _ = run("import", path, "--campaign", "C1")
    assert (code, store.batches()) == (2, ())
    assert "must not be unpacked here" in printed


def test_the_refused_rows_are_written_with_the_reason_beside_each(run, file, tmp_path):
    path = tmp_path / "refused.xlsx"
    run("import", file(BAD), file(GOOD, "good.csv"), "--campaign", "C1", "--refused", path)
    (table,) = read_tables(path.read_bytes(), "refused.xlsx").tables
    assert list(table.header)[:3] == ["Why", "Row", "campaign_id"]
    (row,) = zip(*(column.to_pylist() for column in table.columns), strict=True)
    assert row[0].startswith("Error: row 3, column “impressions”: “many” is not a number.")
    assert (row[1], row[table.header.index("impressions")]) == ("3", "many")


def test_the_refused_rows_of_a_stored_file_can_be_had_later(run, file, store, tmp_path):
    path = tmp_path / "refused.xlsx"
    run("import", file(BAD), "--campaign", "C1", "--keep-good-rows")
    before = store.batches()
    run("import", file(BAD), "--campaign", "C1", "--keep-good-rows", "--refused", path)
    assert path.exists()
    assert store.batches() == before


def test_a_survey_is_read_again_by_the_columns_that_were_said(run, file, store, tmp_path):
    knows = Outcome(id="knows", rung=Rung.KNOWLEDGE, question="Knows the risks?", column="knows", counts=("yes",))
    study = Study(design=Design.BEFORE_AFTER)
    store.save_campaign(campaign("S1", study=study, ethics=Ethics(consent=True), outcome=knows), person="Amina")
    header = "_id;_uuid;_submission_time;q7;round\n"
    rows = [
        f"{number};u{number};2026-05-01T10:00:00;{'yes' if number % 3 else 'no'};{('before', 'after')[number % 2]}\n"
        for number in range(18)
    ]
    answers = tmp_path / "answers.json"
    book = {"outcomes": [encode(replace(knows, column="q7"))], "wave": "round", "only_arm": "campaign"}
    answers.write_text(json.dumps({"codebook": book}))
    first, second = file(header + "".join(rows[:12]), "panel.csv"), tmp_path / "later"
    code, printed, _ = run("import", first, "--campaign", "S1", "--answers", answers)
    assert code == 0, printed
    second.mkdir()
    (second / "panel.csv").write_text(header + "".join(rows))
    code, printed, _ = run("import", second / "panel.csv", "--campaign", "S1")
    assert code == 0, printed
    assert "6 new rows, 0 corrected, 12 unchanged, 0 replaced" in printed
    assert answer_counts(store)["answered"].sum() == 18


def test_what_was_said_of_a_layout_holds_for_the_next_file(run, file, store, tmp_path):
    answers = tmp_path / "answers.json"
    columns = {"Tag": "date", "Gesehen von": "views", "Worum": "campaign_name"}
    answers.write_text(json.dumps({"platform": "tiktok", "level": "campaign", "columns": columns, "account": "ours"}))
    first, second = (f"Tag,Gesehen von,Worum\n2026-0{month}-01,1{month}0,Frag erst\n" for month in (3, 4))
    code, printed, _ = run("import", file(first, "one.csv"), "--campaign", "C1", "--answers", answers)
    assert code == 0, printed
    code, printed, _ = run("import", file(second, "two.csv"), "--campaign", "C1")
    assert code == 0, printed
    assert "two.csv: read as the last file with these columns was.\n" in printed
    assert [batch.platform for batch in store.batches()] == ["tiktok", "tiktok"]


def test_a_batch_is_moved_to_another_campaign(run, file, store):
    run("import", file(GOOD), "--campaign", "C1")
    store.save_campaign(campaign("C2"), person="Amina")
    (old,) = store.batches()
    code, _, _ = run("assign", old.id, "--campaign", "C2")
    assert code == 0
    assert [(batch.campaign, batch.status) for batch in store.batches()] == [
        ("C1", Status.UNDONE),
        ("C2", Status.ACTIVE),
    ]
    assert store.batches()[1].rows == old.rows
    code, _, errors = run("assign", old.id, "--campaign", "C9")
    assert code == 1
    assert "C9" in errors


def test_a_file_without_a_campaign_counts_once_it_is_assigned(run, file, store):
    run("import", file(GOOD))
    (batch,) = store.batches()
    run("assign", batch.id, "--campaign", "C1")
    assert [(batch.campaign, batch.status) for batch in store.batches()] == [
        (None, Status.UNDONE),
        ("C1", Status.ACTIVE),
    ]


def test_batches_are_undone_and_redone(run, file, store):
    run("import", file(GOOD), "--campaign", "C1")
    (batch,) = store.batches()
    assert run("undo", batch.id)[0] == 0
    assert store.batch(batch.id).status == Status.UNDONE
    code, printed, _ = run("list")
    assert (code, "undone" in printed) == (0, True)
    assert run("redo", batch.id)[0] == 0
    assert store.batch(batch.id).status == Status.ACTIVE
    assert store.history()[-1].person == "Amina"


def test_check_tells_whether_everything_is_there(run, file, store):
    run("import", file(GOOD), "--campaign", "C1")
    assert run("check")[:2] == (0, "1 batches, 0 problems.\n")
    path = batch_path(store, store.batches()[0].id)
    path.with_name("orphan.parquet").write_bytes(b"half")
    assert "Swept orphan.parquet" in run("check")[1]
    path.write_bytes(b"damaged")
    code, printed, _ = run("check")
    assert code == 1
    assert "file changed" in printed


def test_a_backup_can_be_opened(run, file, store, tmp_path):
    run("import", file(GOOD), "--campaign", "C1")
    assert run("backup", tmp_path / "copy")[0] == 0
    with open_store(tmp_path / "copy") as copy:
        assert copy.batches() == store.batches()
    code, _, complaint = run("backup", tmp_path / "copy")
    assert code == 1
    assert "exists already" in complaint


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["undo", "nothing"], "there is no batch 'nothing'"),
        (["import", "missing.csv"], "missing.csv"),
        (["import", "missing.csv", "--campaign", "C9"], "there is no campaign 'C9'"),
        (["import"], "required: FILE"),
        (["fly"], "invalid choice: 'fly'"),
    ],
)
def test_wrong_use_gives_exit_code_1_and_says_what_is_wrong(run, arguments, complaint):
    code, _, complaints = run(*arguments)
    assert code == 1
    assert complaint in complaints


@pytest.mark.parametrize("command", [[], ["import"], ["list"], ["undo"], ["redo"], ["check"], ["backup"]])
def test_every_command_has_a_help(command, capsys):
    assert main([*command, "--help"]) == 0
    assert "--help" in capsys.readouterr().out


def test_a_file_name_cannot_steer_the_terminal(run, file):
    _, printed, _ = run("import", file(GOOD, "march\x1b[2J.csv"), "--campaign", "C1")
    assert "\x1b" not in printed
    assert "march?[2J.csv" in printed


def test_a_problem_without_a_place_or_a_sentence_is_still_said():
    assert sentence(Problem("file_empty", Severity.ERROR)) == f"Error: {PROBLEMS['file_empty']}"
    assert sentence(Problem("quite_new", Severity.NOTE, row=4, value="\x1b")) == "Note: row 4: quite new (?)"


def test_a_question_says_how_to_answer_it_and_a_list_how_much_longer_it_is():
    asked = sentence(Problem("date_order_ambiguous", Severity.QUESTION, row=2, column="Date", value="03/06/2026"))
    assert asked.startswith("Question: row 2, column “Date”: “03/06/2026” can be read in two ways.")
    assert asked.endswith('Answer with {"date_order": "day_first"} or {"date_order": "month_first"}.')
    more = sentence(Problem("number_not_readable_more", Severity.ERROR, column="Clicks", value="70"))
    assert more.startswith("Error: column “Clicks”: There are more problems of this kind (number: 70). “…” is not")


def test_a_campaign_is_added_by_its_record_and_takes_the_files_beside_it(run, file, store):
    record = json.dumps(encode(campaign("C2")))
    code, printed, _ = run("import", file(record, "c2.json"), file(GOOD), "--campaign", "C2")
    assert (code, store.campaign("C2")) == (0, campaign("C2"))
    assert "Saved the record of campaign C2." in printed
    assert [batch.campaign for batch in store.batches()] == ["C2"]


def test_a_record_that_is_wrong_is_refused_with_the_reason(run, file, store):
    both = json.dumps([encode(campaign("C2")), encode(campaign("C3")) | {"end": "2020-01-01"}])
    code, _, errors = run("import", file(both, "both.json"))
    assert code == 1
    assert "campaign 'C3' ends (2020-01-01) before it starts (2026-03-01)" in errors
    assert "C2" not in {known.id for known in store.campaigns()}


def test_the_command_line_starts_as_a_program(store, file):
    """In a process of its own, which does without pandas."""
    command = [sys.executable, "-m", "campaigns", "import", file(GOOD), "--campaign", "C1", "--store", store.folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(store.batches()) == 1
