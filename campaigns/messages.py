"""What can be wrong with a file: what, why, and how to put it right, for each code of a problem.

`{value}` is what stood in the cell, or a number.
"""

from campaigns.problems import Problem, Severity


def msgid(text: str) -> str:
    """`text`, marked as a sentence of the catalogues at the place where it is kept rather than said."""
    return text


# The file as a whole.
FILE: dict[str, str] = {
    "file_empty": msgid("The file holds no rows. Export it again and check that the period has data."),
    "empty_export": msgid("The file has headers but no rows. Export it again and check the period and the filters."),
    "file_truncated": msgid("The file ends in the middle of a row, so part of it is lost. Download it again."),
    "file_encrypted": msgid("The file is protected by a password. Save it without one and add it again."),
    "not_a_table": msgid("This is not a table but another kind of file ({value}). Export a CSV or XLSX file instead."),
    "archive_of_tables": msgid("This is an archive of several files. The tables in it are read one by one."),
    "archive_without_tables": msgid("The archive holds no table. Add the file with the figures itself."),
    "archive_not_readable": msgid("The archive cannot be opened. Download it again, or unpack it and add its files."),
    "archive_too_large": msgid("The archive is too large to unpack safely. Unpack it and add its files one by one."),
    "archive_unsafe": msgid("The archive holds files that must not be unpacked here. Add the tables in it one by one."),
    "spreadsheet_too_large": msgid("The spreadsheet is too large to read safely. Save its table as CSV and add that."),
    "spreadsheet_not_readable": msgid("The spreadsheet cannot be opened. Save it again as XLSX or CSV and add that."),
    "rows_repeated_far_apart": msgid(
        "Rows of this very large file are about the same thing as others in it (rows: {value}). Export shorter periods."
    ),
    "statistics_not_readable": msgid(
        "The SPSS or Stata file cannot be opened. Save it again, or export it as CSV with the labels of its answers."
    ),
    "statistics_too_large": msgid(
        "The SPSS or Stata file is too large to read safely. Keep only the variables you need and save it again."
    ),
    "file_too_large": msgid("The file is too large. Export a shorter period or fewer columns."),
    "nul_bytes": msgid("There are damaged characters in the file. Download it again."),
    "encoding_broken": msgid("The file mixes two kinds of text, as when files are glued together. Add each by itself."),
    "encoding_guessed": msgid(
        "The file does not say how its letters are written; they are read as {value}. Check that accents look right."
    ),
    "characters_lost": msgid("Some letters were lost before the file came here (�). Export it again."),
    "backslash_quotes": msgid("Quotation marks are written with a backslash, so cells may be cut wrongly. Check here."),
    "macros_ignored": msgid("The spreadsheet holds programs; they were not run, and only its tables were read."),
    "name_misleads": msgid("The name of the file ends in {value}, but it holds plain text; it was read as text."),
    "line_too_long": msgid("A row is too long to be a row of a table. Export the file again as CSV."),
    "too_many_columns": msgid("There are too many columns ({value}). Export only the columns you need."),
    "quote_not_closed": msgid(
        "A quotation mark opens here and is never closed, so all rows after it run together. Export the file again."
    ),
    "rows_rewrapped": msgid("A spreadsheet has put each row into one cell; the rows were taken apart again."),
    "several_sheets": msgid("The spreadsheet has several sheets; “{value}” is read. Is that the one you mean?"),
    "sheets_hidden": msgid(
        "The spreadsheet has hidden sheets (number: {value}), which are not read. Show them first if they are meant."
    ),
    "stacked_tables": msgid("The file holds several tables, one below another; each was read by itself."),
    "layout_unknown": msgid(
        "The columns are not those of a report we know, so nothing was stored. Use an unchanged export or our template."
    ),
    "mapped_column_missing": msgid("You said what this column holds, but the file has no such column."),
    "mapped_twice": msgid("Two columns are said to hold the same thing. Choose one of them."),
    "platform_unknown": msgid("We cannot tell which platform this comes from ({value}). Choose it before you save."),
    "account_unknown": msgid("The file does not say which account, page or channel it is about. Say which one it is."),
    "currency_unknown": msgid("The file does not say in which currency the money was paid. Say which one it is."),
    "currencies_mixed": msgid("The money is in several currencies, so it is not added up."),
    "headers_conflict": msgid(
        "Two columns have this name and different figures. Remove the wrong one, or export the file again."
    ),
    "header_misleading": msgid(
        "The name of this column holds signs that cannot be seen or look like others: it reads “{value}”. Type it."
    ),
    "column_empty": msgid("This column is empty, and the rows mean nothing without it. Fill it in."),
    "duplicate_headers": msgid("Two columns have this name; the first one is read."),
    "unknown_columns": msgid("We do not know what this column holds, so it is not stored (such columns: {value})."),
}
# What is recognised and not read.
DECLINED: dict[str, str] = {
    "declined_search_keywords": msgid(
        "This is Google's list of search words, which counts no campaign as a whole. Nothing was stored. Export the "
        "table of campaigns or of ads from Google Ads instead."
    ),
    "declined_business_profile": msgid(
        "This is a Google Business Profile, which counts calls and map views of a place and no campaign. Nothing was "
        "stored. Export the campaign's own figures, for example from Google Ads."
    ),
    "declined_site_snapshot": msgid(
        "This is a page of several Google Analytics tables, or one without visits or users. Nothing was stored. In "
        "Google Analytics, open one report with the day, the users and the sessions, and export that as CSV."
    ),
    "declined_universal_analytics": msgid(
        "This is from Universal Analytics, which ended in 2023 and counted otherwise than today's Google Analytics. "
        "Nothing was stored. Export users and sessions by day from Google Analytics 4."
    ),
    "declined_ads_library": msgid(
        "This is from a public library of advertisements: it gives rough ranges, also for advertisers who are not you. "
        "Nothing was stored. Export the campaign's own figures from Ads Manager."
    ),
    "declined_crowdtangle": msgid(
        "This is a CrowdTangle list of posts, also of pages that are not yours; the service ended in 2024. Nothing was "
        "stored. Export your page's posts from Meta Business Suite (Insights, Content)."
    ),
    "declined_media_monitoring": msgid(
        "This is a list of what others wrote, from a service that watches the media. It holds people's words and no "
        "figures of your campaign, so nothing was stored. Export the campaign's figures from the platform itself."
    ),
    "declined_conversation": msgid(
        "This is a private conversation (WhatsApp, Telegram or the like). It can put people in danger: nothing was "
        "stored; delete the copy too. For messages sent to many, fill in our WhatsApp or Telegram template with counts."
    ),
    "declined_account_archive": msgid(
        "This is somebody's personal archive of an account, with contacts and messages. Nothing was stored; delete the "
        "copy too. Export the figures of the page, channel or campaign from the platform's Insights or Analytics."
    ),
    "declined_form_entries": msgid(
        "These are the names and telephone numbers of people who filled in a form of an advertisement. Nothing was "
        "stored; delete the copy where it is not needed. Export the campaign's figures from Ads Manager instead."
    ),
    "declined_contacts": msgid(
        "This is a list of people's e-mail addresses. Nothing was stored; delete the copy where it is not needed. "
        "Export the report of a mailing with its counts, and fill those into our template."
    ),
}
# The period.
PERIOD: dict[str, str] = {
    "no_window_in_file": msgid(
        "The file does not say which days it covers. Export it with dates, or name it after its first and last day."
    ),
    "window_conflict": msgid("The file's name and its rows name different days; the rows are believed. Check them."),
    "partial_period": msgid("The last day, week or month was not over when the file was made. Export it again later."),
    "missing_days": msgid("Some days have no row. Check that none is lost."),
    "definition_changed_inside_window": msgid(
        "The platform changed what it counts in this period ({value}): figures before and after cannot be added."
    ),
    "date_order_ambiguous": msgid("“{value}” can be read in two ways. Is the first number the day or the month?"),
    "no_year_in_dates": msgid("The dates have no year. Which year is it?"),
    "date_not_readable": msgid("“{value}” is not a date we can read. Write it as year-month-day, such as 2026-03-31."),
    "date_of_other_calendar": msgid(
        "“{value}” seems to be a day of another calendar (Persian, Islamic, Ethiopian …). Write it as year-month-day "
        "of the Gregorian calendar, such as 2026-03-31."
    ),
    "date_serial": msgid(
        "“{value}” is a day as a spreadsheet numbers it. Let the spreadsheet show the column as dates and save it "
        "again."
    ),
    "date_swapped": msgid(
        "A spreadsheet seems to have swapped the day and the month of “{value}”, and left other days as text. Export "
        "the file again and do not open it before adding it, or write all days as year-month-day."
    ),
    "date_in_future": msgid("“{value}” is still to come. Check the day and the year."),
    "periods_mixed": msgid("“{value}” is a span among single days, so days may be counted twice. Check this column."),
    "end_before_start": msgid("The last day (“{value}”) is before the first. Correct one of them."),
}
# One cell or one row.
CELLS: dict[str, str] = {
    "cell_too_long": msgid("The text in a cell is too long. Often a quotation mark is missing; export the file again."),
    "cells_missing": msgid("The row has too few cells (missing: {value}) and cannot be read. Export the file again."),
    "cells_left_out": msgid("Blank cells at the end of rows were left out, as some spreadsheets do (rows: {value})."),
    "cells_surplus": msgid(
        "The row has too many cells (surplus: {value}), often because of a comma in a name. Export the file again."
    ),
    "header_changes": msgid(
        "Other columns begin here, so this row and those below it were not read (rows: {value}). Split the file here."
    ),
    "rows_swallowed": msgid("A quotation mark has drawn several rows into one cell. Export the file again."),
    "value_missing": msgid("The cell is empty, and the row means nothing without it. Fill it in."),
    "number_not_readable": msgid("“{value}” is not a number. Write digits only, or leave the cell empty if unknown."),
    "number_shortened": msgid(
        "“{value}” is rounded, so it is not the figure. Export the file again with exact numbers."
    ),
    "number_negative": msgid("“{value}” is below zero, which cannot be counted. Correct it or leave the cell empty."),
    "number_not_whole": msgid("“{value}” is not a whole number, and this column counts. Correct it."),
    "number_too_large": msgid("“{value}” is too large to be true. Check that thousands and decimals are not mixed up."),
    "micros_doubtful": msgid(
        "“{value}” should be in millionths of the currency, and is less than a cent. Check the unit of this column."
    ),
    "number_very_large": msgid("“{value}” is very large. Check that thousands and decimals are not mixed up."),
    "decimal_sign_ambiguous": msgid("“{value}” can be read in two ways. Does the mark separate thousands or decimals?"),
    "clicks_exceed_impressions": msgid(
        "There are more clicks than impressions (times shown: {value}), which cannot be. Were two columns swapped?"
    ),
    "reach_exceeds_impressions": msgid(
        "More people were reached (“{value}”) than times shown, which cannot be. Were two columns swapped?"
    ),
    "messages_exceed_sent": msgid(
        "More messages arrived or were opened (“{value}”) than were sent or arrived, which cannot be. Were two columns "
        "swapped?"
    ),
    "currency_not_known": msgid("“{value}” is not a currency code. Write three letters, such as USD, EUR or XOF."),
    "currency_conflict": msgid("“{value}” names another currency than the row does. Correct one of them."),
    "currency_in_amount": msgid("“{value}” names its currency; only the number is stored, with the row's currency."),
    "country_not_known": msgid("“{value}” is not a country we know. Write its name or its code, such as SEN."),
    "country_code_not_iso": msgid("“{value}” is no country's code in the standard list; check how it was read."),
    "minors_in_audience": msgid("Children were among those reached (“{value}”). Make sure that this was meant."),
    "age_not_known": msgid("“{value}” is not an age we can read. Write it as 18-24 or 65+."),
    "sex_not_known": msgid("“{value}” is not a sex we can read. Write female, male, other or unknown."),
    "censored_cells": msgid(
        "The platform hides small numbers (“{value}”); these cells are not known, which is not zero."
    ),
    "excel_damaged_decimals": msgid(
        "A spreadsheet has turned numbers into dates (“{value}”); these cells are not known. Export the file again and "
        "do not open it before adding it."
    ),
    "ids_rounded": msgid(
        "The identifier “{value}” seems to be rounded by a spreadsheet, so rows may be mixed up. Export the file again "
        "and do not open it before adding it."
    ),
    "ids_damaged": msgid(
        "A spreadsheet has shortened long identifiers ({value}), so rows may be mixed up. Export the file again and do "
        "not open it before adding it."
    ),
}
# Rows together.
ROWS: dict[str, str] = {
    "total_row_set_aside": msgid("Rows that hold totals were set aside, so nothing is counted twice (rows: {value})."),
    "reach_not_additive": msgid("People reached cannot be added up, because one person is on several days and ads."),
    "mixed_result_types": msgid("The results are of several kinds ({value}) and are not added up."),
    "rows_without_identity": msgid(
        "These rows have no identifier (rows: {value}), so a newer export of the same period replaces all of them."
    ),
    "rows_not_distinct": msgid("Nothing tells some rows apart (rows: {value}); all are kept. Check for duplicates."),
    "rows_repeated": msgid("This row is the same as an earlier one and is left out."),
    "rows_conflict": msgid(
        "This row has other figures than an earlier one about the same thing. Keep the right one and delete the other."
    ),
    "filled_in_some_rows": msgid(
        "The cell is empty while other rows fill this column in, so the rows cannot be added up. Fill it in in every "
        "row, or in none."
    ),
    "written_for_each_group": msgid(
        "This stands in several rows of one event, so it is added up. If it is of the whole event, write it in one of "
        "its rows only."
    ),
    "personal_text_not_stored": msgid(
        "This text seems to say who somebody is, or how to find them. It is not stored; delete it in the file too."
    ),
    "personal_text_in_name": msgid(
        "This name holds a telephone number, an address or the like, so the row is not stored. Take it out of the name."
    ),
    "personal_data_columns": msgid("This column looks like personal data, so it is not stored."),
    "figures_lower_than_before": msgid(
        "Figures of stored rows are lower in this file, or not in it (rows: {value}). Platforms take back false "
        "clicks, but check that no filter was on and that the file is not the older one."
    ),
    "rows_capped": msgid("The platform lists only so many rows ({value}), so some are not in the file."),
    "more_of_these": msgid("There are more problems of this kind (number: {value})."),
}
# Surveys.
ANSWERS: dict[str, str] = {
    "column_missing": msgid(
        "This column is needed and is not in the file. Add it, or choose the column that holds the answers."
    ),
    "answer_missing": msgid("There is no answer here, so the row cannot be counted. Fill it in, or leave the row out."),
    "answer_unknown": msgid("We do not know what “{value}” stands for, so the row is not counted. Say what it means."),
    "answer_unread": msgid("“{value}” could not be read and counts as not known; the other answers stay."),
    "no_answer_counts": msgid(
        "No answer in this column is one that counts. Check how the counting answers are written in the campaign."
    ),
    "question_not_of_campaign": msgid(
        "The campaign's record has no question “{value}”. Write the question, or its short name, as the record has it."
    ),
    "nobody_answered": msgid("Nobody of this group answered, so the row says nothing. Leave the row out."),
    "counting_exceeds_answers": msgid(
        "More people gave an answer that counts (“{value}”) than answered at all. Were two columns swapped?"
    ),
    "people_asked_missing": msgid(
        "The row does not say how many people were asked, of whom {value} gave the answer that counts. Add it."
    ),
    "group_lacking": msgid(
        "“{value}” has no right row for the other group, so nothing can be compared. Fill in test and control."
    ),
    "weight_unread": msgid("The weight “{value}” is not a number above zero, so the row is not counted. Correct it."),
    "respondent_repeated": msgid("This person has already answered in this round; the first answers count."),
    "without_consent": msgid("These people did not agree to take part and are left out (people: {value})."),
    "consent_not_in_file": msgid(
        "The file does not show that people agreed to take part. Add that column, or record it in the campaign."
    ),
    "sensitive_column": msgid(
        "Answers on religion, descent, health or the like are not stored. Delete this column in the file too."
    ),
    "option_missing": msgid(
        "The answer “{value}” counts, but the file has no column for it among those of this question. Check how it is "
        "written in the campaign."
    ),
    "nobody_counts": msgid(
        "Nobody gave an answer that counts. That may be true; check how the answers that count are written in the "
        "campaign."
    ),
    "counted_among_others": msgid(
        "Some answers hold one that counts among other words and are not counted (rows: {value}). Where several "
        "answers may be given, export this question with one column for each answer."
    ),
    "answer_stands_in": msgid(
        "“{value}” looks like a number that stands for no answer or for not knowing, so it is not counted. Leave the "
        "cell empty, or write what it stands for."
    ),
    "place_too_fine": msgid(
        "Only the region or province is stored; these places are finer, or we cannot tell which part is the region "
        "(rows: {value}). Write the region first, or in a column of its own."
    ),
    "forms_repeated": msgid(
        "Some forms are in the file several times (surplus: {value}); of each only the version sent last counts."
    ),
    "forms_rejected": msgid("Some forms were not approved when they were reviewed and are left out (forms: {value})."),
    "repeats_not_read": msgid(
        "The file has further tables with several rows a person ({value}); only the one with one row a person is read."
    ),
    "repeats_alone": msgid(
        "This table has several rows a person, such as one for each child. Add the one with one row a person instead."
    ),
    "minors_not_asked": msgid("Some people were under 18 and were not asked further (people: {value})."),
    "minors_answered": msgid("Children answered (people: {value}). Make sure that those responsible for them agreed."),
}
# Published evaluations that somebody adds.
STUDIES: dict[str, str] = {
    "study_repeated": msgid("Two rows have the identifier “{value}”. Give each outcome its own."),
    "study_of_the_project": msgid(
        "The identifier “{value}” belongs to a study that comes with the project. Give yours another one."
    ),
    "study_cell_unread": msgid(
        "“{value}” is not what this column takes. See “What each column takes”, and write it that way."
    ),
    "interval_incomplete": msgid("An interval needs both ends. Fill in the other one, or leave both empty."),
    "interval_without_effect": msgid(
        "The effect (“{value}”) does not lie in its interval. Check all three figures in the source."
    ),
}
# What a check of the store found.
STORE: dict[str, str] = {
    "ledger_damaged": msgid("The ledger is damaged. Stop working with it and bring back the last backup."),
    "audit_changed": msgid("The history was changed by other means than the tracker (entry {value})."),
    "file_missing": msgid("A stored file is gone ({value}). Bring it back from a backup."),
    "file_changed": msgid("A stored file is no longer what was saved. Bring it back from a backup."),
    "rows_differ": msgid("A stored file no longer has the rows that were accepted. Bring it back from a backup."),
    "control_differs": msgid("The sums of a stored file are no longer those accepted. Bring it back from a backup."),
}
PROBLEMS: dict[str, str] = {**FILE, **DECLINED, **PERIOD, **CELLS, **ROWS, **ANSWERS, **STUDIES, **STORE}

# How the command line takes the answer to a question, as `--answers FILE.json`.
ANSWERS_TO: dict[str, str] = {
    "date_order_ambiguous": '{"date_order": "day_first"} or {"date_order": "month_first"}',
    "decimal_sign_ambiguous": '{"decimal_sign": "point"} or {"decimal_sign": "comma"}',
    "no_year_in_dates": '{"year": "2026"}',
    "currency_unknown": '{"currency": "XOF"}',
    "account_unknown": '{"account": "its name"}',
    "several_sheets": '{"sheet": "its name"}',
}
_HEADINGS = {Severity.ERROR: "Error", Severity.QUESTION: "Question", Severity.WARNING: "Warning", Severity.NOTE: "Note"}


def sentence(problem: Problem) -> str:
    """One line for the command line: how serious, where, what, and what to do."""
    place = [
        *([f"row {problem.row}"] if problem.row is not None else []),
        *([f"column “{printable(problem.column)}”"] if problem.column is not None else []),
    ]
    value = "not shown" if problem.value is None else printable(problem.value)
    kind = problem.code.removesuffix("_more")
    if problem.code in PROBLEMS:
        said = PROBLEMS[problem.code].format(value=value)
    elif kind in PROBLEMS:
        said = f"{PROBLEMS['more_of_these'].format(value=value)} {PROBLEMS[kind].format(value='…')}"
    else:
        said = f"{problem.code.replace('_', ' ')} ({value})"
    answer = f" Answer with {ANSWERS_TO[problem.code]}." if problem.code in ANSWERS_TO else ""
    return f"{_HEADINGS[problem.severity]}: {', '.join(place)}{': ' if place else ''}{said}{answer}"


def printable(text: str) -> str:
    """Text from a file, without what could steer a terminal."""
    return "".join(character if character.isprintable() else "?" for character in text)
