"""What must not be shown: small groups are hidden and all other counts rounded, by one fixed function."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How small groups are protected: counts below `smallest` are hidden, all others rounded to `base`."""

    smallest: int
    base: int
    hides_zero: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.base <= self.smallest:
            raise ValueError(
                f"rounding to {self.base} must be between 1 and the smallest count shown ({self.smallest})"
            )


# The rule of the English hospital statistics: 1 to 7 hidden, the rest to the nearest 5. Hiding small counts alone let
# linear programming recover nearly all of them from the totals; with the rounding, none.
STANDARD = Profile(smallest=8, base=5)
STRICT = Profile(smallest=10, base=10, hides_zero=True)


def disclose(count: int, profile: Profile = STANDARD) -> int | None:
    """A count as it may be shown, None where it is hidden; always the same for the same count.

    A total goes through here on its own and is never the sum of shown parts.
    """
    if count < 0:
        raise ValueError(f"{count} people cannot be counted")
    if count == 0 and not profile.hides_zero:
        return 0
    if count < profile.smallest:
        return None
    return (count + profile.base // 2) // profile.base * profile.base


def disclose_share(events: int, total: int, profile: Profile = STANDARD) -> float | None:
    """A share as it may be shown: made of rounded counts, hidden where it stands for few people or for everybody.

    Where all of a group (or none) answered alike, the share tells what each of them answered.
    """
    if not 0 <= events <= total:
        raise ValueError(f"{events} of {total} is not a share")
    parts = (disclose(events, profile), disclose(total - events, profile), disclose(total, profile))
    if None in parts or not 0 < events < total:
        return None
    shown, _, shown_total = parts
    return shown / shown_total if shown and shown_total else None


def disclose_mean(mean: float, count: int, profile: Profile = STANDARD) -> float | None:
    """A mean over `count` people, hidden where they are too few."""
    return mean if count >= profile.smallest else None
