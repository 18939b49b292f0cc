"""What each column of stored rows means: the text of the data dictionary (`data/README.md`) and of the Help page."""

from campaigns.messages import msgid

ENGAGEMENT: dict[str, str] = {  # what platforms counted
    "platform": msgid("Where the figures come from: meta_ads, google_ads, youtube …"),
    "account": msgid("Page, channel or advertising account; what a person answered where the file does not say"),
    "level": msgid("What a row is about: account, campaign, ad_set, ad, post, video, traffic_source …"),
    "entity_id": msgid("The platform's number of that ad, post or video, as text"),
    "entity_name": msgid("Its name on the platform. Titles and texts of posts are not stored"),
    "campaign_name": msgid("The campaign's name on the platform"),
    "window_start": msgid("First day that the figures cover"),
    "window_end": msgid("Last day"),
    "age": msgid("Age band as the platform writes it: 18-24"),
    "sex": msgid("F, M, O or U (SDMX CL_SEX)"),
    "country": msgid("ISO 3166-1 alpha-3"),
    "region": msgid("As the platform names it"),
    "language": msgid("As the platform names it"),
    "placement": msgid("Where on the platform"),
    "device": msgid("On what"),
    "result_type": msgid("What `results` counts in this row; only rows of one type may be added up"),
    "attribution": msgid("How the platform ties results to views and clicks"),
    "currency": msgid("ISO 4217, of `spend`"),
    "ordinal": msgid("0, or how many rows before it nothing tells apart"),
    "row": msgid("The line in the file"),
}
ANSWERS: dict[str, str] = {  # what people said
    "survey": msgid(
        "Name of the file without its ending, and without the time or number that an export or a browser "
        "added; of counts of a platform's own study with `brand_lift:`, of figures by week or month with "
        "`outcome_series:` before it"
    ),
    "respondent": msgid("A keyed hash or a number within the file; never what was typed"),
    "arm": msgid("campaign or comparison"),
    "wave": msgid("before or after"),
    "period": msgid(
        "First day of the week or month in which the person was asked, where the study goes by time; the day "
        "itself is never stored. Missing elsewhere"
    ),
    "cluster": msgid("Village, school … that was drawn or that people share"),
    "block": msgid("Group within which assignment was drawn"),
    "weight": msgid("Survey weight, above zero"),
    "sex": msgid("F, M, O or U (SDMX CL_SEX)"),
    "age": msgid(
        "Band: Y_LT18, Y18T24, Y25T34, Y35T44, Y45T54, Y55T64, Y_GE65; other bands of a file in the same "
        "manner (Y15T24)"
    ),
    "country": msgid("ISO 3166-1 alpha-3, of origin"),
    "place": msgid(
        'First administrative level at most: of "Kolda > Vélingara" the first part; missing where a finer '
        "place could be told"
    ),
    "language": msgid("BCP 47, of the interview"),
    "outcome": msgid("The outcome asked, by its id in the campaign's record"),
    "value": msgid(
        "1 where the answer counts, 0 where another was given, missing where none was; of calls and the like "
        "their number in that period"
    ),
    "row": msgid("The line in the file"),
}
