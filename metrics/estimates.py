"""What goes into a statistic and what comes out of it: counts, estimates, and stated refusals.

A statistic that cannot be done gives a `NotEstimable` with its reason, never a number that looks like "no difference".
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from numbers import Integral
from typing import Final


class Measure(StrEnum):
    """What an estimate measures, and on which scale.

    Differences of proportions are on the scale of proportions: 0.10 is ten percentage points.
    Ratios are multiples: 1.20 is "20 % more", and their standard error is that of the natural logarithm.
    Differences of means are in the unit of the outcome, standardised ones in standard deviations of it, relative ones
    in shares of the control's mean (0.10 is 10 % more). A rate is in events per unit of exposure.
    """

    PROPORTION = "proportion"
    RISK_DIFFERENCE = "risk_difference"
    RISK_RATIO = "risk_ratio"
    ODDS_RATIO = "odds_ratio"
    RATE_RATIO = "rate_ratio"
    MEAN_DIFFERENCE = "mean_difference"
    COST_RATIO = "cost_ratio"
    STANDARDISED_DIFFERENCE = "standardised_difference"
    RELATIVE_DIFFERENCE = "relative_difference"
    RATE = "rate"

    @property
    def is_ratio(self) -> bool:
        """True where the value of no difference is 1 and the standard error is that of the logarithm."""
        return self in RATIOS

    @property
    def no_difference(self) -> float:
        """The value that means no difference: 1 for ratios, 0 for differences."""
        return 1.0 if self.is_ratio else 0.0


RATIOS: Final = frozenset({Measure.RISK_RATIO, Measure.ODDS_RATIO, Measure.RATE_RATIO})


class Method(StrEnum):
    """How an estimate, its interval and its p-value were computed (always all three by the one method)."""

    WILSON = "wilson"
    JEFFREYS = "jeffreys"
    MIETTINEN_NURMINEN = "miettinen_nurminen"
    MEE = "mee"
    KOOPMAN = "koopman"
    NEWCOMBE = "newcombe"
    TANGO = "tango"
    POISSON_SCORE = "poisson_score"
    PAIRED_DAYS = "paired_days"
    PAIRED_DAYS_OF_TOTALS = "paired_days_of_totals"
    PAIRED_DAYS_AR1 = "paired_days_ar1"
    INDEPENDENT_DAYS = "independent_days"
    INDEPENDENT_DAYS_AR1 = "independent_days_ar1"
    HC2 = "hc2"
    CR2 = "cr2"
    ANCOVA_HC2 = "ancova_hc2"
    ANCOVA_CR2 = "ancova_cr2"
    LIN_HC2 = "lin_hc2"
    LIN_CR2 = "lin_cr2"
    LOGIT_HC2 = "logit_hc2"
    LOGIT_CR2 = "logit_cr2"
    WILD_CLUSTER_BOOTSTRAP = "wild_cluster_bootstrap"
    RANDOMISATION = "randomisation"
    PLACEBO_IN_SPACE = "placebo_in_space"
    TWO_STAGE_HC2 = "two_stage_hc2"
    TWO_STAGE_CR2 = "two_stage_cr2"
    SAMPLE_LINEARISATION = "sample_linearisation"
    GROUP_TIME = "group_time"
    D_PPC2 = "d_ppc2"
    MANTEL_HAENSZEL = "mantel_haenszel"
    CLOPPER_PEARSON = "clopper_pearson"
    AGRESTI_CAFFO = "agresti_caffo"
    FISHER = "fisher"
    MID_P = "mid_p"
    GARWOOD = "garwood"
    QUASI_BINOMIAL = "quasi_binomial"
    BETA_BINOMIAL = "beta_binomial"
    QUASI_POISSON = "quasi_poisson"
    NEGATIVE_BINOMIAL = "negative_binomial"
    NEWEY_WEST = "newey_west"
    LEAST_SQUARES = "least_squares"
    AR1_REML = "ar1_reml"
    WITH_SEASON = "with_season"
    LOCAL_LEVEL = "local_level"
    CONFORMAL = "conformal"
    WELCH = "welch"
    ALWAYS_VALID = "always_valid"


class Reason(StrEnum):
    """Why there is no estimate."""

    NOBODY_IN_A_GROUP = "nobody_in_a_group"
    ONE_PERSON_IN_A_GROUP = "one_person_in_a_group"
    NO_EVENTS_IN_EITHER_GROUP = "no_events_in_either_group"
    NO_EVENTS_IN_A_GROUP = "no_events_in_a_group"
    EVENTS_FOR_EVERYBODY = "events_for_everybody"
    NO_VARIATION = "no_variation"
    TOO_FEW_DAYS = "too_few_days"
    ONE_CLUSTER_IN_AN_ARM = "one_cluster_in_an_arm"
    COLLINEAR = "collinear"
    EFFECT_NOT_ABOVE_ZERO = "effect_not_above_zero"
    EFFECT_NOT_ESTIMABLE = "effect_not_estimable"
    NO_RESULTS = "no_results"
    CLUSTERS_NOT_RECORDED = "clusters_not_recorded"
    EFFECT_NOT_MEASURED = "effect_not_measured"
    HARM_SHOWN = "harm_shown"
    CAUSE_NOT_KNOWN = "cause_not_known"
    MONEY_NOT_KNOWN = "money_not_known"
    PEOPLE_NOT_KNOWN = "people_not_known"
    ASSIGNMENT_CHANGED_NOTHING = "assignment_changed_nothing"
    NOBODY_LEFT_TO_COMPARE = "nobody_left_to_compare"
    TOO_FEW_CLUSTERS = "too_few_clusters"
    ONE_PERIOD = "one_period"
    PRICES_NOT_KNOWN = "prices_not_known"
    TOO_FEW_PERIODS = "too_few_periods"
    TOO_FEW_REGIONS = "too_few_regions"
    POOR_FIT_BEFORE = "poor_fit_before"
    NO_SOLUTION = "no_solution"
    AUDIENCES_APART = "audiences_apart"
    PLACES_NOT_MATCHED = "places_not_matched"
    NOT_PEOPLE = "not_people"
    NOT_FOLLOWED = "not_followed"


class Caution(StrEnum):
    """What a reader must be told beside an estimate."""

    CHANGE_NOT_EFFECT = "change_not_effect"
    DAILY_SPREAD_UNKNOWN = "daily_spread_unknown"
    FEW_CLUSTERS = "few_clusters"
    FEW_DAYS = "few_days"
    FEW_EVENTS_A_DAY = "few_events_a_day"
    DAYS_NOT_SHARED = "days_not_shared"
    UNITS_SEEN_ONCE_DROPPED = "units_seen_once_dropped"
    ROWS_INCOMPLETE_DROPPED = "rows_incomplete_dropped"
    PLACEBO_DISAGREES = "placebo_disagrees"
    WEAK_INSTRUMENT = "weak_instrument"
    FEW_PERIODS = "few_periods"
    AUTOCORRELATION_LEFT = "autocorrelation_left"


@dataclass(frozen=True, slots=True)
class Proportion:
    """`events` people out of `total`: those who knew, intended, clicked."""

    events: int
    total: int

    def __post_init__(self) -> None:
        whole = isinstance(self.events, Integral) and isinstance(self.total, Integral)
        if not whole or not 0 <= self.events <= self.total or self.total == 0:
            raise ValueError(f"{self.events} of {self.total} is not a proportion")

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.events / self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number, how sure it is, and how it was computed.

    Attributes
    ----------
    measure
        What is measured; it says the scale of `estimate`, `conf_low` and `conf_high`.
    estimate
        Risk difference 0.10 is ten percentage points; ratio 1.20 is 20 % more; a mean difference is in the
        outcome's unit. A ratio is infinite where only the comparison group has no events.
    se
        Standard error: of the natural logarithm for ratios, else on the scale of `estimate`.
        None where the data give none (everybody in a group answered alike); the interval is still right.
    conf_low, conf_high
        Limits of the `conf_level` interval, on the scale of `estimate`. `math.inf` is a legitimate limit of a ratio.
    p_value
        Two-sided, of no difference, from the same statistic as the interval: `p_value < 1 - conf_level` exactly where
        the interval excludes no difference. None where there is no such hypothesis (one proportion).
    df
        Degrees of freedom of the t distribution used; `math.inf` for the normal distribution, and where none is used
        because assignments or signs were drawn again.
    conf_level
        0.95 for a 95 % interval.
    method
        How it was computed.
    n
        Observations used: people; for delivery rates days.
    clusters
        Clusters used, where answers came in clusters.
    icc, design_effect
        Intracluster correlation of the outcome within arms, and the factor by which it multiplies the variance.
    dispersion
        Variance of daily counts as a multiple of the binomial (or Poisson) variance; 1 is no extra spread.
    autocorrelation
        Correlation of one day with the next that the interval allows for; None where it does not.
    placebo_p_value
        Where an arm has few clusters: how often an effect at least as large arises when the arms are drawn again among
        the clusters. It stands beside `p_value` because with few clusters no robust p-value can be trusted alone.
    cautions
        What a reader must be told beside the number.
    """

    measure: Measure
    estimate: float
    se: float | None
    conf_low: float
    conf_high: float
    p_value: float | None
    df: float
    conf_level: float
    method: Method
    n: int
    clusters: int | None = None
    icc: float | None = None
    design_effect: float | None = None
    dispersion: float | None = None
    autocorrelation: float | None = None
    placebo_p_value: float | None = None
    cautions: tuple[Caution, ...] = ()

    def __post_init__(self) -> None:
        if math.isnan(self.estimate) or not self.conf_low <= self.conf_high:
            raise ValueError(f"{self.estimate} ({self.conf_low} to {self.conf_high}) is not an estimate")

    @property
    def excludes_no_difference(self) -> bool:
        """Whether the interval leaves out the value of no difference."""
        return not self.conf_low <= self.measure.no_difference <= self.conf_high


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEstimable:
    """A refusal: which measure, why, and from how many observations."""

    measure: Measure
    reason: Reason
    n: int


def check_conf_level(conf_level: float) -> None:
    """Raise where `conf_level` is not strictly between 0 and 1.

    >>> check_conf_level(95)
    Traceback (most recent call last):
    ValueError: conf_level 95 is not between 0 and 1 (0.95 is 95 %)
    """
    if not 0 < conf_level < 1:
        raise ValueError(f"conf_level {conf_level} is not between 0 and 1 (0.95 is 95 %)")
