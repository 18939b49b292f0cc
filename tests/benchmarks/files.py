"""Exports of any size, always the same for the same seed."""

from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

COUNTRIES = ["SEN", "GMB", "MLI", "GIN", "NGA", "GHA"]
LANGUAGES = ["fr", "en", "ff"]
AGES = ["18-24", "25-34", "35-44", "45-54"]
GENDERS = ["female", "male"]
KEY = ("campaign_id", "platform", "date", "country", "language", "age_group", "gender")
ROWS_A_DAY = len(COUNTRIES) * len(LANGUAGES) * len(AGES) * len(GENDERS)


def write_apart(path: Path, rows: int) -> Path:
    """`write_export` in a process of its own, so that what it holds is not counted as held by those started later."""
    writer = get_context("spawn").Process(target=write_export, args=(path, rows))
    writer.start()
    writer.join()
    if writer.exitcode:
        raise RuntimeError(f"{path} was not written")
    return path


def write_export(path: Path, rows: int, *, seed: int = 1, campaigns: int = 40) -> Path:
    """A template export: each campaign and day by country, language, age and gender."""
    rng = np.random.default_rng(seed)
    number = np.arange(rows)
    cell = number % ROWS_A_DAY
    campaign = number // ROWS_A_DAY % campaigns
    day = np.datetime64("2025-01-01") + number // ROWS_A_DAY // campaigns
    impressions = rng.integers(1_000, 100_000, rows)
    reach = (impressions * rng.uniform(0.3, 0.9, rows)).astype(int)
    views = (impressions * rng.uniform(0.05, 0.5, rows)).astype(int)
    clicks = (impressions * rng.uniform(0.001, 0.03, rows)).astype(int)
    cents = rng.integers(50, 20_000, rows)

    def pick(values: list[str], place: np.ndarray) -> pa.Array:
        return pa.DictionaryArray.from_arrays(place.astype(np.int32), values).dictionary_decode()

    table = pa.table(
        {
            "campaign_id": pick([f"1202{seed:02}{n:012}" for n in range(campaigns)], campaign),
            "campaign_name": pick([f"Know before you go {n}" for n in range(campaigns)], campaign),
            "platform": pick(["meta_ads"], cell * 0),
            "date": pa.array(day.astype("datetime64[D]")),
            "country": pick(COUNTRIES, cell % 6),
            "language": pick(LANGUAGES, cell // 6 % 3),
            "age_group": pick(AGES, cell // 18 % 4),
            "gender": pick(GENDERS, cell // 72),
            "impressions": impressions,
            "reach": reach,
            "clicks": clicks,
            "video_views": views,
            "spend": pa.array(cents / 100),
            "currency": pick(["EUR"], cell * 0),
        }
    )
    pc.write_csv(table, path, pc.WriteOptions(quoting_style="none"))
    return path
