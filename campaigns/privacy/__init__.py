"""What must not be stored, and what must not be shown: personal data on the way in, small cells on the way out."""

from campaigns.privacy.columns import personal, personal_columns
from campaigns.privacy.disclosure import (
    STANDARD,
    STRICT,
    Profile,
    disclose,
    disclose_mean,
    disclose_share,
    disclose_table,
    profile_for,
)
from campaigns.privacy.discretion import NOT_SHOWN, discreet, discreet_problems
from campaigns.privacy.headers import Personal, folded
from campaigns.privacy.texts import personal_text

__all__ = [
    "NOT_SHOWN", "STANDARD", "STRICT", "Personal", "Profile", "disclose", "disclose_mean", "disclose_share",
    "disclose_table", "discreet", "discreet_problems", "folded", "personal", "personal_columns", "personal_text",
    "profile_for",
]  # fmt: skip
