"""What must not be shown: small groups are hidden and all other counts rounded, by one fixed function.

Every count says by what people were told apart (`by`), and a profile that does not protect so many breakdowns at once
is refused, so that a finer table cannot be shown by the rule of a coarser one.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How small groups are protected: counts below `smallest` are hidden, all others rounded to `base`.

    `breakdowns` is how many of them at once, answers among them, the profile was shown to protect.
    """

    smallest: int
    base: int
    hides_zero: bool = False
    breakdowns: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.base <= self.smallest:
            raise ValueError(
                f"rounding to {self.base} must be between 1 and the smallest count shown ({self.smallest})"
            )


# The rule of the English hospital statistics: 1 to 7 hidden, the rest to the nearest 5. Hiding small counts alone let
# linear programming recover nearly all of them from the totals; with the rounding, none of one breakdown. Of tables by
# two and three at once it still recovers a few in a hundred: those are for the strict profile, which yields none.
STANDARD = Profile(smallest=8, base=5, breakdowns=1)
STRICT = Profile(smallest=10, base=10, hides_zero=True, breakdowns=3)


def profile_for(by: Collection[str], wished: Profile | None = None) -> Profile:
    """The profile for people told apart by these breakdowns: the wished one, or else the mildest that protects them.

    `by` names questions and characteristics (sex, age, place, answer), not the groups that a study compares.

    >>> profile_for(["sex"]) is STANDARD, profile_for(["sex", "age"]) is STRICT
    (True, True)
    """
    crossed = len(set(by))
    profile = wished or (STANDARD if crossed <= STANDARD.breakdowns else STRICT)
    if crossed > profile.breakdowns:
        named = ", ".join(sorted(set(by)))
        raise ValueError(
            f"people by {named} cannot be shown: this profile protects {profile.breakdowns} of these {crossed} at once"
        )
    return profile


def disclose(count: int, profile: Profile | None = None, *, by: Collection[str]) -> int | None:
    """A count as it may be shown, None where it is hidden; always the same for the same count.

    A total goes through here on its own and is never the sum of shown parts.
    """
    profile = profile_for(by, profile)
    if count < 0:
        raise ValueError(f"{count} people cannot be counted")
    if count == 0 and not profile.hides_zero:
        return 0
    if count < profile.smallest:
        return None
    return (count + profile.base // 2) // profile.base * profile.base


def disclose_table(
    counts: Mapping[tuple[Key, ...], int], profile: Profile | None = None, *, by: Sequence[str]
) -> dict[tuple[Key, ...], int | None]:
    """Each count of a table as it may be shown; the parts of a key are the values of the breakdowns `by`.

    A table that also shows totals of one breakdown shows them by this table's profile, not by a milder one.

    >>> disclose_table({("F", "yes"): 9, ("F", "no"): 34, ("M", "yes"): 12}, by=["sex", "answer"])
    {('F', 'yes'): None, ('F', 'no'): 30, ('M', 'yes'): 10}
    """
    profile = profile_for(by, profile)
    if wrong := next((key for key in counts if len(key) != len(by)), None):
        raise ValueError(f"{wrong!r} has {len(wrong)} parts, must be one for each of {', '.join(by)}")
    return {key: disclose(count, profile, by=by) for key, count in counts.items()}


def disclose_share(events: int, total: int, profile: Profile | None = None, *, by: Collection[str]) -> float | None:
    """A share as it may be shown: made of rounded counts, hidden where it stands for few people or for everybody.

    Where all of a group (or none) answered alike, the share tells what each of them answered. A share of people of one
    breakdown crosses it with their answers, and needs the profile for two.
    """
    if not 0 <= events <= total:
        raise ValueError(f"{events} of {total} is not a share")
    crossed = {*by, "answer"} if by else set[str]()
    profile = profile_for(crossed, profile)
    parts = (
        disclose(events, profile, by=crossed),
        disclose(total - events, profile, by=crossed),
        disclose(total, profile, by=crossed),
    )
    if None in parts or not 0 < events < total:
        return None
    shown, _, shown_total = parts
    return shown / shown_total if shown and shown_total else None


def disclose_mean(mean: float, count: int, profile: Profile | None = None, *, by: Collection[str]) -> float | None:
    """A mean over `count` people, hidden where they are too few."""
    return mean if count >= profile_for(by, profile).smallest else None
