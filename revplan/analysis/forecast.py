"""The year's revenue as a range: the same year drawn up to ten thousand times.

Each opportunity of each run is drawn by itself: how many there are (Poisson), whether and when each is won (binomial,
by close rate and lag), and what it brings (a deal of the past, resampled). Close rate and creation are themselves
uncertain, and differ from run to run.

The same plan gives the same bytes on any machine and with any version of numpy: only the raw stream of its PCG64
generator is used, which numpy keeps stable, and its generator's own transforms, which it does not, are not. Counts and
cents are whole numbers, and what is done in floating point is +, −, × and ÷ alone, which IEEE 754 rounds alike
everywhere; no exponential or logarithm is taken.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import ceil, fsum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from revplan.model.base import MONTHS_PER_YEAR
from revplan.model.money import from_cents

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revplan.analysis.drivers import Drivers
    from revplan.model.base import Month

    Counts = NDArray[np.int64]
    Reals = NDArray[np.float64]

RUNS = 10_000
LEAST_RUNS = 500
MOST_DRAWS = 6_000_000
"""Opportunities drawn at most: where a plan has very many, fewer runs tell as much."""
SEED = 19_720_101
PERCENTILES = (Fraction(1, 10), Fraction(1, 2), Fraction(9, 10))
_NEGLIGIBLE = 1e-18


class Band(NamedTuple):
    """Revenue in the plan's currency: in one run of ten it is lower than `low`, in one of ten higher than `high`."""

    low: Fraction
    middle: Fraction
    high: Fraction


class MonthForecast(NamedTuple):
    """A month's revenue: its level at the end (recurring), or what it brings (recognised).

    Attributes:
        odds: the part of runs in which the month's target is met; None where it has none.
    """

    month: Month
    band: Band
    target: Fraction | None
    odds: Fraction | None


class Forecast(NamedTuple):
    """A year's revenue as it may come.

    Attributes:
        months: the months of the year that are forecast, in order.
        year: recurring revenue at the year's end, or what is recognised in the whole year.
        odds: the part of runs in which the year's target is met.
        runs: how many runs it rests on.
        wins: customers won from the last month known to the year's end, in the middle run.
    """

    months: tuple[MonthForecast, ...]
    year: Band
    odds: Fraction
    runs: int
    wins: int


@lru_cache(maxsize=64)
def forecast(drivers: Drivers) -> Forecast:
    """Return the distribution of a year's revenue, simulated in independent runs."""
    run_count = runs_for(drivers)
    simulation = _Simulation(drivers, run_count)
    amounts, wins = simulation.run()
    added = np.cumsum(amounts, axis=1)
    if drivers.measure == "revenue":  # a customer won in month m of the year brings (13 − m) / 12 of a year's in it
        levels = np.asarray(drivers.base, dtype=np.int64) + added // MONTHS_PER_YEAR
        outcomes = drivers.known + levels[:, drivers.ahead :].sum(axis=1)
    else:
        levels = np.asarray(drivers.base, dtype=np.int64) + added
        outcomes = levels[:, -1]
    months = tuple(
        _month(month, levels[:, number], drivers.targets[number])
        for number, month in enumerate(drivers.months)
        if number >= drivers.ahead
    )
    middle = int(np.sort(wins)[(run_count - 1) // 2])
    return Forecast(months, _band(outcomes), _odds(outcomes, drivers.target), run_count, middle)


def runs_for(drivers: Drivers) -> int:
    """Return how many runs a forecast takes: RUNS, or fewer where each draws very many opportunities."""
    average = sum(drivers.creation) / len(drivers.creation)
    each = drivers.open + ceil(average) * len(drivers.months) + 1
    return max(LEAST_RUNS, min(RUNS, MOST_DRAWS // each))


def _month(month: Month, revenue: Counts, target: int | None) -> MonthForecast:
    if target is None:
        return MonthForecast(month, _band(revenue), None, None)
    return MonthForecast(month, _band(revenue), from_cents(target), _odds(revenue, target))


def _band(revenue: Counts) -> Band:
    """Return the percentiles of the runs, each the revenue of a run that happened (the nearest rank)."""
    ordered = np.sort(revenue)
    ranks = (ceil(share * len(ordered)) - 1 for share in PERCENTILES)
    return Band(*(from_cents(int(ordered[rank])) for rank in ranks))


def _odds(revenue: Counts, target: int) -> Fraction:
    return Fraction(int(np.count_nonzero(revenue >= target)), len(revenue))


class _Simulation:
    """The runs, side by side, from one stream of random numbers."""

    def __init__(self, drivers: Drivers, runs: int) -> None:
        self.drivers = drivers
        self.runs = runs
        self.bits = np.random.PCG64(SEED)

    def run(self) -> tuple[Counts, Counts]:
        """Return the cents won by run and month, and the deals won by run."""
        months = len(self.drivers.months)
        rates = self.pick(np.asarray(self.drivers.close_rates), self.runs)
        rows = self.below(len(self.drivers.creation), self.runs)
        amounts = np.zeros(self.runs * months)
        wins = np.zeros(self.runs, dtype=np.int64)
        ways = {self.drivers.creation_in(month) for month in range(months)}
        tables = {means: _PoissonTable(means) for means in ways}
        batches = [(0, np.full(self.runs, self.drivers.open), self.drivers.open_lag)]
        for month in range(months):
            created = tables[self.drivers.creation_in(month)].draw(rows, self.uniform(self.runs))
            batches.append((self.begin(month), created, self.drivers.lag))
        for begin, counts, lag in batches:
            closing = self.closing(begin, counts, rates, lag)
            amounts += np.bincount(closing, self.pick(self.deals(), len(closing)), len(amounts))
            wins += np.bincount(closing // months, minlength=self.runs)
        return amounts.astype(np.int64).reshape(self.runs, months), wins

    def begin(self, month: int) -> int:
        """Return the month in which a month's opportunities are created: those of the year with its head start."""
        return month - self.drivers.head_start if month >= self.drivers.ahead else month

    def closing(self, begin: int, counts: Counts, rates: Reals, lag: tuple[float, ...]) -> Counts:
        """Return the place, run × months + month, of each opportunity that is won within the months.

        An opportunity is one number u from 0 to 1: it is won where u is below its close rate, and the part of the
        rate that u is says how soon.
        """
        months = len(self.drivers.months)
        owners = np.repeat(np.arange(self.runs), counts)
        draws, chances = self.uniform(len(owners)), rates[owners]
        won = draws < chances
        later = np.searchsorted(np.asarray(lag), draws[won] / chances[won], side="right")
        month = np.maximum(begin + np.minimum(later, len(lag) - 1), 0)
        places = owners[won] * months + month
        return np.asarray(places[month < months], dtype=np.int64)

    def deals(self) -> Reals:
        """Return the deals' cents; as whole numbers in floating point they add up exactly."""
        return np.asarray(self.drivers.deals, dtype=np.float64)

    def pick(self, values: Reals, count: int) -> Reals:
        """Draw so many of the values, each as likely as the others."""
        return values[self.below(len(values), count)]

    def below(self, limit: int, count: int) -> Counts:
        """Draw whole numbers from 0 up to a limit."""
        return (self.uniform(count) * limit).astype(np.int64)

    def uniform(self, count: int) -> Reals:
        """Draw numbers from 0 up to 1, in steps of 2⁻⁵³."""
        raw = np.asarray(self.bits.random_raw(count), dtype=np.uint64)
        return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53


class _PoissonTable:
    """Poisson distributions of several means, drawn from by looking the number up."""

    def __init__(self, means: tuple[float, ...]) -> None:
        tables = [_poisson(mean) for mean in means]
        self.first = np.asarray([first for first, _ in tables])
        self.begin = np.asarray([0, *accumulate(len(sums) for _, sums in tables)][:-1])
        self.sums = np.concatenate([row + np.asarray(sums) for row, (_, sums) in enumerate(tables)])

    def draw(self, rows: Counts, draws: Reals) -> Counts:
        """Return one count for each pair of a mean's row and a number from 0 to 1."""
        places = np.searchsorted(self.sums, rows + draws, side="right")
        return np.asarray(places - self.begin[rows] + self.first[rows], dtype=np.int64)


def _poisson(mean: float) -> tuple[int, list[float]]:
    """Return the first count whose probability counts, and the cumulative probabilities from there on.

    Chances are worked out from the likeliest count, p(k + 1) = p(k) × mean / (k + 1), and scaled to 1 in sum.
    """
    if not mean:
        return 0, [1.0]
    top = int(mean)
    below, above = [1.0], [1.0]
    while top - len(below) >= 0 and below[-1] > _NEGLIGIBLE:
        below.append(below[-1] * (top - len(below) + 1) / mean)
    while above[-1] > _NEGLIGIBLE:
        above.append(above[-1] * mean / (top + len(above)))
    weights = [*below[:0:-1], *above]
    total = fsum(weights)
    sums = list(accumulate(weight / total for weight in weights))
    return top - len(below) + 1, [*sums[:-1], 1.0]
