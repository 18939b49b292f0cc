"""Two arms of a platform's own experiment compared from sums alone: means, shares, ratios and quantiles.

For results that a platform or an experiment tool reports in this form, so that ours can be laid beside theirs. The
relative difference by the delta method misses on one side at few events: for shares see `metrics.proportions`. A
platform's experiment compares deliveries, not messages.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from scipy.special import ndtr, stdtr, stdtrit

from metrics.estimates import Estimate, Measure, Method, NotEstimable, Proportion, Reason, check_conf_level
from metrics.looks import always_valid
from metrics.proportions.normal import normal_quantile


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One arm: `n` people, the value compared, the variance of one person's part in it.

    `baseline` is the value that relative differences are relative to, with its own variance and its covariance with
    `value`, again of one person's part: without adjustment all those of `value` itself.
    """

    n: int
    value: float
    variance: float
    baseline: float
    baseline_variance: float
    baseline_covariance: float

    @classmethod
    def unadjusted(cls, n: int, value: float, variance: float) -> "Arm":
        """A value that is its own baseline."""
        return cls(
            n=n,
            value=value,
            variance=variance,
            baseline=value,
            baseline_variance=variance,
            baseline_covariance=variance,
        )

    @classmethod
    def of_share(cls, events: int, n: int) -> "Arm":
        """People with an event out of `n`."""
        share = Proportion(events, n).value
        return cls.unadjusted(n, share, share * (1 - share))

    @classmethod
    def of_mean(cls, n: int, total: float, squares: float) -> "Arm":
        """The mean of a quantity from its sum and sum of squares."""
        return cls.unadjusted(n, total / n, _covariance(n, total, total, squares))

    @classmethod
    def of_ratio(cls, n: int, *, above: tuple[float, float], below: tuple[float, float], products: float) -> "Arm":
        """The ratio of two quantities, each given as sum and sum of squares, with their sum of products.

        References
        ----------
        Deng, Knoblich and Lu (2018), KDD '18, 233-242 (delta method).
        """
        ratio, per_person = above[0] / below[0], below[0] / n
        spread = _covariance(n, above[0], above[0], above[1]) + ratio**2 * _covariance(n, below[0], below[0], below[1])
        together = _covariance(n, above[0], below[0], products)
        return cls.unadjusted(n, ratio, (spread - 2 * ratio * together) / per_person**2)

    @classmethod
    def of_quantile(cls, n: int, *, quantile: float, low: float, high: float, conf_level: float = 0.95) -> "Arm":
        """A quantile from its interval."""
        se = (high - low) / (2 * normal_quantile(conf_level))
        return cls.unadjusted(n, quantile, (n - 1) * se**2)

    @property
    def squared_error(self) -> float:
        """The variance of `value`."""
        return self.variance / self.n


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAndAfter:
    """Sums of a quantity after, of the same before, and of their product, for one arm."""

    n: int
    after: tuple[float, float]
    before: tuple[float, float]
    products: float


def adjusted_by_before(control: BeforeAndAfter, treatment: BeforeAndAfter) -> tuple[Arm, Arm]:
    """Means after, freed of what people already did before: CUPED, with one slope over all people.

    The slope is that of both arms together, so that it does not depend on what the treatment did. Relative differences
    stay relative to the control's mean as it was. Where nobody differed before, nothing is taken off.

    References
    ----------
    Deng, Xu, Kohavi and Walker (2013), WSDM '13, 123-132.

    Examples
    --------
    Before, people of both arms did a thing 1, 2, 3 and 4 times; after, those of the control as often as before, those
    of the treatment 2, 4, 3 and 5 times. The slope is 9/10, and the variances 5/3 become 1/60 and 37/60:

    >>> control = BeforeAndAfter(n=4, before=(10, 30), after=(10, 30), products=30)
    >>> treatment = BeforeAndAfter(n=4, before=(10, 30), after=(14, 54), products=39)
    >>> adjusted = adjusted_by_before(control, treatment)
    >>> [(round(arm.value, 2), round(60 * arm.variance)) for arm in adjusted]
    [(0.25, 1), (1.25, 37)]
    """
    both = (control, treatment)
    people = sum(one.n for one in both)
    before = sum(one.before[0] for one in both)
    together = _covariance(people, sum(one.after[0] for one in both), before, sum(one.products for one in both))
    spread = _covariance(people, before, before, sum(one.before[1] for one in both))
    slope = together / spread if spread else 0.0
    arms = []
    for one in both:
        after = _covariance(one.n, one.after[0], one.after[0], one.after[1])
        earlier = _covariance(one.n, one.before[0], one.before[0], one.before[1])
        crossed = _covariance(one.n, one.after[0], one.before[0], one.products)
        mean = one.after[0] / one.n
        arms.append(
            Arm(
                n=one.n,
                value=mean - slope * one.before[0] / one.n,
                variance=after + slope**2 * earlier - 2 * slope * crossed,
                baseline=mean,
                baseline_variance=after,
                baseline_covariance=after - slope * crossed,
            )
        )
    return arms[0], arms[1]


class Side(StrEnum):
    """Which differences the test looks for."""

    BOTH = "both"
    GREATER = "greater"
    LESSER = "lesser"


def difference(
    control: Arm,
    treatment: Arm,
    *,
    relative: bool = False,
    side: Side = Side.BOTH,
    conf_level: float = 0.95,
) -> Estimate | NotEstimable:
    """Treatment minus control: unequal variances (Welch), on the scale of the value or (`relative`) of the control.

    Parameters
    ----------
    relative
        0.10 is then 10 % more than the control; the error of the control's own value is allowed for (delta method).
    side
        With `Side.GREATER` or `Side.LESSER` the interval has one limit and the p-value one tail.

    References
    ----------
    Welch (1947), Biometrika 34:28-35.

    Examples
    --------
    >>> result = difference(Arm.of_mean(10, 100, 1002.25), Arm.of_mean(10, 105, 1111.5))
    >>> f"{result.estimate:.2f} ({result.conf_low:.2f} to {result.conf_high:.2f})"
    '0.50 (-0.26 to 1.26)'
    """
    check_conf_level(conf_level)
    measured = _measured(control, treatment, relative=relative)
    if isinstance(measured, NotEstimable):
        return measured
    estimate, se = measured
    df = _welch(control, treatment)
    reach = float(stdtrit(df, (1 + conf_level) / 2 if side is Side.BOTH else conf_level)) * se
    t = estimate / se
    tails = {
        Side.BOTH: 2 * float(stdtr(df, -abs(t))),
        Side.GREATER: float(stdtr(df, -t)),
        Side.LESSER: float(stdtr(df, t)),
    }
    return Estimate(
        measure=Measure.RELATIVE_DIFFERENCE if relative else Measure.MEAN_DIFFERENCE,
        estimate=estimate,
        se=se,
        conf_low=-math.inf if side is Side.LESSER else estimate - reach,
        conf_high=math.inf if side is Side.GREATER else estimate + reach,
        p_value=tails[side],
        df=df,
        conf_level=conf_level,
        method=Method.WELCH,
        n=control.n + treatment.n,
    )


def always_valid_difference(
    control: Arm,
    treatment: Arm,
    *,
    planned: int,
    relative: bool = False,
    side: Side = Side.BOTH,
    conf_level: float = 0.95,
) -> Estimate | NotEstimable:
    """The same difference with an interval that holds however often one looks; see `looks.always_valid`.

    With one side the tuning is that of twice the error rate, and the p-value that of the interval at that tuning.

    References
    ----------
    Waudby-Smith et al. (2024), Annals of Statistics 52:2613-2640, equations 9 and 155.

    Examples
    --------
    >>> result = always_valid_difference(Arm.of_share(980, 2000), Arm.of_share(1100, 2010), planned=5000)
    >>> f"{result.conf_low:.3f} to {result.conf_high:.3f}, p {result.p_value:.3f}"
    '0.009 to 0.105, p 0.009'
    """
    check_conf_level(conf_level)
    measured = _measured(control, treatment, relative=relative)
    if isinstance(measured, NotEstimable):
        return measured
    estimate, se = measured
    n = control.n + treatment.n
    if side is Side.BOTH:
        valid = always_valid(estimate, se, n, planned=planned, conf_level=conf_level)
        low, high, p_value = valid.conf_low, valid.conf_high, valid.p_value
    else:
        if conf_level <= 0.5:
            raise ValueError(f"conf_level {conf_level} of one side must be above one half")
        log_error = -2 * math.log(2 * (1 - conf_level))
        information = n * (log_error + math.log(log_error + 1)) / planned
        root = math.sqrt(information + 1)
        width = 2 * (information + 1) / information
        reach = se * math.sqrt(width * math.log1p(root / (2 * (1 - conf_level))))
        t = estimate / se if side is Side.GREATER else -estimate / se
        low = estimate - reach if side is Side.GREATER else -math.inf
        high = math.inf if side is Side.GREATER else estimate + reach
        p_value = 1.0 if t <= 0 else min(1.0, root / 2 / math.expm1(min(t**2 / width, 700.0)))
    return Estimate(
        measure=Measure.RELATIVE_DIFFERENCE if relative else Measure.MEAN_DIFFERENCE,
        estimate=estimate,
        se=se,
        conf_low=low,
        conf_high=high,
        p_value=p_value,
        df=math.inf,
        conf_level=conf_level,
        method=Method.ALWAYS_VALID,
        n=n,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalPosterior:
    """What is believed of the difference after the data, as a normal distribution.

    Attributes
    ----------
    mean, sd, low, high
        Of the difference, treatment minus control; `low` and `high` bound its central part.
    probability_better
        That the treatment's value is the higher.
    loss_of_control, loss_of_treatment
        How much is lost on average by choosing either, where higher is better.
    """

    mean: float
    sd: float
    low: float
    high: float
    probability_better: float
    loss_of_control: float
    loss_of_treatment: float


def posterior(
    control: Arm,
    treatment: Arm,
    *,
    relative: bool = False,
    prior_sd: float = math.inf,
    conf_level: float = 0.95,
) -> NormalPosterior | NotEstimable:
    """What to believe of the difference after the data, if beforehand it was normal about zero.

    Parameters
    ----------
    prior_sd
        Of the relative difference (0.05: most differences are below 10 %); infinite where every size was as likely.
        For a difference that is not relative it is multiplied by the control's value.

    Examples
    --------
    >>> believed = posterior(Arm.of_share(49, 100), Arm.of_share(51, 100), relative=True)
    >>> f"{believed.probability_better:.3f}"
    '0.609'
    """
    z = normal_quantile(conf_level)
    measured = _measured(control, treatment, relative=relative)
    if isinstance(measured, NotEstimable):
        return measured
    estimate, se = measured
    prior = prior_sd * (1.0 if relative else abs(control.baseline))
    variance = 1 / (1 / se**2 + 1 / prior**2)
    mean, sd = estimate * variance / se**2, math.sqrt(variance)
    better = float(ndtr(mean / sd))
    tail = sd * NormalDist().pdf(mean / sd)
    return NormalPosterior(
        mean=mean,
        sd=sd,
        low=mean - z * sd,
        high=mean + z * sd,
        probability_better=better,
        loss_of_control=mean * better + tail,
        loss_of_treatment=tail - mean * float(ndtr(-mean / sd)),
    )


def _measured(control: Arm, treatment: Arm, *, relative: bool) -> tuple[float, float] | NotEstimable:
    """The difference and its standard error."""
    n = control.n + treatment.n
    measure = Measure.RELATIVE_DIFFERENCE if relative else Measure.MEAN_DIFFERENCE
    if min(control.n, treatment.n) < 2:
        return NotEstimable(measure=measure, reason=Reason.ONE_PERSON_IN_A_GROUP, n=n)
    if relative and control.baseline == 0:
        return NotEstimable(measure=measure, reason=Reason.NO_EVENTS_IN_A_GROUP, n=n)
    estimate = treatment.value - control.value
    squares = treatment.squared_error + control.squared_error
    if relative:
        estimate /= control.baseline
        slope = treatment.baseline / control.baseline - 1
        own = slope * (slope * control.baseline_variance + 2 * control.baseline_covariance) / control.n
        squares = (squares + own) / control.baseline**2
    if not (control.variance > 0 and treatment.variance > 0):
        return NotEstimable(measure=measure, reason=Reason.NO_VARIATION, n=n)
    return estimate, math.sqrt(squares)


def _welch(control: Arm, treatment: Arm) -> float:
    parts = control.squared_error, treatment.squared_error
    return sum(parts) ** 2 / (parts[0] ** 2 / (control.n - 1) + parts[1] ** 2 / (treatment.n - 1))


def _covariance(n: int, first: float, second: float, products: float) -> float:
    return (products - first * second / n) / (n - 1) if n > 1 else 0.0
