"""How alarms are computed: the choices of the method, and the sets of them that have a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

POWERS: Final = {"2/3": 2 / 3, "1/2": 1 / 2, "none": 1.0}
THRESHOLDS: Final = ("nbPlugin", "predictive", "muan", "delta")


@dataclass(frozen=True)
class Settings:
    """One way of computing alarms. Periods are months, quarters or weeks: `periods_per_year`.

    years              how many years back are compared with (b)
    half_window        periods on each side of the same season (w)
    levels             season levels, the one compared with included; 1: no season (noPeriods)
    skipped            latest periods that the comparison leaves out (pastPeriodsNotIncluded)
    reweight           past outbreaks count for less: Anscombe residuals above `weights_threshold`
    trend              a trend on the log scale, kept where `trend_significance` says so (1: always)
                       and it does not lead above everything seen
    enough             an alarm needs this many cases in this many periods, the latest included
    power              the transformation of `delta`
    population         counts are compared per head
    threshold          nbPlugin: quantile of the negative binomial; predictive: the same, its
                       variance widened by that of the expected count; muan: at the upper limit
                       of the expected count; delta: normal after the power transformation
    alpha              one-sided, in each tail

    Raises ValueError for what is outside its bounds.
    """

    periods_per_year: int = 12
    years: int = 5
    half_window: int = 1
    levels: int = 4
    skipped: int = 6
    reweight: bool = True
    weights_threshold: float = 2.58
    trend: bool = True
    trend_significance: float = 1.0
    enough: tuple[int, int] = (5, 4)
    power: str = "2/3"
    population: bool = False
    threshold: str = "nbPlugin"
    alpha: float = 0.01

    def __post_init__(self) -> None:
        """Refuse what cannot be computed, by its name."""
        cases, periods = self.enough
        bounds = {
            "periods_per_year": 1 <= self.periods_per_year <= MOST_PERIODS,
            "years": self.years >= 1,
            "half_window": 0 <= self.half_window <= self.periods_per_year // 2,
            "levels": 1 <= self.levels <= max(1, self.periods_per_year - self.window + 1),
            "skipped": 0 <= self.skipped < self.years * self.periods_per_year,
            "weights_threshold": self.weights_threshold > 0,
            "trend_significance": 0 < self.trend_significance <= 1,
            "enough": cases >= 0 and 1 <= periods <= self.periods_per_year * self.years,
            "power": self.power in POWERS,
            "threshold": self.threshold in THRESHOLDS,
            "alpha": 0 < self.alpha < HALF,
        }
        wrong = [f"{name}={getattr(self, name)!r}" for name, right in bounds.items() if not right]
        if wrong:
            message = f"These settings cannot be used: {', '.join(wrong)}"
            raise ValueError(message)

    @property
    def window(self) -> int:
        """How many periods a year are the same season."""
        return 2 * self.half_window + 1

    @property
    def history(self) -> int:
        """How many periods must stand before the one that is judged."""
        return self.years * self.periods_per_year + self.half_window

    def with_years(self, years: int) -> Settings:
        """The same with fewer or more years."""
        return replace(self, years=years)


MOST_PERIODS: Final = 366
HALF: Final = 0.5

MONTHLY: Final = Settings()
QUARTERLY: Final = Settings(periods_per_year=4, half_window=0, levels=4, skipped=2)
WEEKLY: Final = Settings(periods_per_year=52, half_window=3, levels=10, skipped=26)

NAMED: Final[Mapping[str, Settings]] = {
    "monthly": MONTHLY,
    "quarterly": QUARTERLY,
    "weekly": WEEKLY,
    # the names under which the reference's outputs are known
    "M_NOUF": MONTHLY,
    "M_NOUF10": replace(MONTHLY, levels=10),
    "M_NOSEAS": replace(MONTHLY, levels=1),
    "M_POP": replace(MONTHLY, population=True),
    "M_MUAN": replace(MONTHLY, reweight=False, threshold="muan"),
    "M_DELTA": replace(
        MONTHLY, levels=1, skipped=1, reweight=False, trend_significance=0.05, threshold="delta",
        alpha=0.05,
    ),
    "M_DELTAW": replace(
        MONTHLY, levels=1, skipped=1, weights_threshold=1.0, trend_significance=0.05,
        threshold="delta", alpha=0.05,
    ),
    "W_NOUF": WEEKLY,
    "W_NOUF05": replace(WEEKLY, trend_significance=0.05, alpha=0.05),
}  # fmt: skip


def careful(settings: Settings) -> Settings:
    """The same with limits that reckon with how well the expected count is known.

    What a council is told: false alarms stay below 1.5 % (`./samrad prove calibration`), where the
    published limit gives up to twice the promised 1 % when counts scatter.
    """
    return replace(settings, threshold="predictive")


FEW_A_YEAR, MANY_A_YEAR = 8, 30


def usual(periods_per_year: int) -> Settings:
    """What suits so many periods a year: monthly for 12, quarterly for 4, weekly for 52.

    Few periods are a level each; about three weeks on each side are the same season.
    """
    if periods_per_year < FEW_A_YEAR:
        levels, half = periods_per_year, 0
    else:
        levels, half = (4 if periods_per_year < MANY_A_YEAR else 10), round(periods_per_year / 17)
    return Settings(
        periods_per_year=periods_per_year, half_window=half, levels=levels,
        skipped=periods_per_year // 2, enough=(5, min(4, 5 * periods_per_year)),
    )  # fmt: skip


REFERENCE_WORDS: Final = {
    "b": "years",
    "w": "half_window",
    "noPeriods": "levels",
    "pastWeeksNotIncluded": "skipped",
    "pastPeriodsNotIncluded": "skipped",
    "reweight": "reweight",
    "weightsThreshold": "weights_threshold",
    "trend": "trend",
    "pThresholdTrend": "trend_significance",
    "limit54": "enough",
    "powertrans": "power",
    "populationOffset": "population",
    "thresholdMethod": "threshold",
    "alpha": "alpha",
}
WITHOUT_MEANING: Final = {"glmWarnings"}


def from_words(given: Mapping[str, Any], periods_per_year: int) -> Settings:
    """Settings from names and values, ours or those of R's `farringtonFlexible`.

    Raises ValueError for a name that is neither, or a value that is not of its kind.
    """
    chosen: dict[str, Any] = {"periods_per_year": periods_per_year}
    for word, value in given.items():
        name = REFERENCE_WORDS.get(word, word)
        if word in WITHOUT_MEANING:
            continue
        if name not in Settings.__dataclass_fields__:
            message = f"There is no setting {word!r}"
            raise ValueError(message)
        chosen[name] = _of_its_kind(name, value)
    return Settings(**chosen)


def _of_its_kind(name: str, value: Any) -> Any:
    """A whole number, number, yes or no, text or pair, as the setting's usual value is."""
    usual = Settings.__dataclass_fields__[name].default
    if isinstance(usual, tuple):
        if isinstance(value, list | tuple) and [type(part) for part in value] == [int, int]:
            return tuple(value)
    elif isinstance(usual, float):
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
    elif type(value) is type(usual):
        return value
    message = f"The setting {name!r} cannot be {value!r}"
    raise ValueError(message)
