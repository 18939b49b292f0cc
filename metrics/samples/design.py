"""How people were drawn: weights, strata, and places drawn whole."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.least_squares import Array, Labels
from metrics.trials.columns import labelled, positive_weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How the rows of a table were drawn.

    Attributes
    ----------
    weights
        How many people of the population each row stands for, on any scale (totals need the true one).
    strata, places
        Labels of the stratum, and of the place (village, school, household) that was drawn whole.
    drawn
        Share of its stratum's places that was drawn, for each row; zeros where that is small or not known.
    """

    weights: Array
    strata: Labels
    places: Labels
    drawn: Array

    @classmethod
    def of(
        cls,
        data: pd.DataFrame,
        *,
        weights: str | None = None,
        stratum: str | None = None,
        place: str | None = None,
        population: str | None = None,
    ) -> "Sample":
        """The design written in columns of `data`.

        `population` is how many places (people, where none were drawn whole) the row's stratum has.
        """
        n = len(data)
        w = positive_weights(data, weights)
        strata = np.zeros(n, dtype=np.int64) if stratum is None else labelled(data, stratum)
        places: Labels = np.arange(n, dtype=np.int64)
        if place is not None:  # the same name in two strata is two places
            pairs = pd.DataFrame({"s": strata, "p": data[place].to_numpy()})
            places = np.asarray(pairs.groupby(["s", "p"]).ngroup(), dtype=np.int64)
        drawn = np.zeros(n)
        if population is not None:
            counts = pd.DataFrame({"s": strata, "p": places}).groupby("s")["p"].nunique()
            drawn = counts.to_numpy()[strata] / data[population].to_numpy(dtype=float)
            if not ((drawn > 0) & (drawn <= 1)).all():
                raise ValueError(f"column {population!r} says that fewer places exist than were drawn")
        return cls(weights=np.ones(n) if w is None else w, strata=strata, places=places, drawn=drawn)

    @property
    def df(self) -> int:
        """Degrees of freedom: places less strata."""
        return int(self.places.max()) - int(self.strata.max())

    def covariance(self, influence: Array) -> Array:
        """Covariance of totals of `influence` (one row a person, one column a statistic) over repeated samples."""
        frame = pd.DataFrame(influence).groupby(self.places).sum()
        first = pd.Series(np.arange(len(self.places))).groupby(self.places).first().to_numpy()
        strata, left = self.strata[first], 1 - self.drawn[first]
        total = np.zeros((influence.shape[1], influence.shape[1]))
        for stratum in np.unique(strata):
            rows = strata == stratum
            count = int(rows.sum())
            if count < 2:
                raise ValueError("a stratum has a single place, so that its spread is not known: join it to another")
            deviations = frame.to_numpy()[rows] - frame.to_numpy()[rows].mean(axis=0)
            total += deviations.T @ deviations * (count / (count - 1)) * float(left[rows][0])
        return total
