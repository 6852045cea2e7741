"""`revplan import deals`: what a CRM's deals say of a goal's year, counted by month; no customer's name is kept."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.periods import fiscal_months, fiscal_quarter, fiscal_year
from revplan.app.exchange.deal_groups import SOURCE, DealGroups, amount_of
from revplan.app.exchange.deals import read_deals
from revplan.app.exchange.figures import (
    Figure,
    month_figures,
    refuse_part,
    say_amount,
    say_plain,
    settle_figures,
)
from revplan.app.exchange.memory import Import
from revplan.errors import InputError
from revplan.model.base import MONTHS_PER_YEAR, Month, Ref
from revplan.reports.import_preview import Preview, read_columns
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from revplan.app.exchange.columns import Asked
    from revplan.app.exchange.deals import Deal, Deals, DealWords
    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.memory import Memory, Prefer
    from revplan.app.exchange.source import Export
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.goals import Goal

MONTHS_KEPT = 24
"""Months back to which deals are counted by month."""
MOST_SIZES = 500
"""Sizes of deals won that are kept: the latest."""
LONGEST_LAG = 24
"""Months from which on deals that took longer are counted together."""


class DealOptions(NamedTuple):
    """What the user asks for.

    Attributes:
        words: the user's own words.
        prefer: theirs or ours; None to list what differs.
        actual: whether what was won makes the goal's actual.
    """

    words: DealWords
    prefer: Prefer | None = None
    actual: bool = False


def deals_from(
    context: Context, table: TableFile, export: Export, asked: Asked, options: DealOptions, memory: Memory
) -> Import:
    """Read a table of deals, and tell what it says apart from what is here. Nothing is written.

    Raises:
        InputError: the plan has no goal to keep the figures in, or the table lacks what deals need, or is a part only.
    """
    plan = context.plan
    found = read_deals(table, export, asked, options.words, plan.settings, context.today)
    refuse_part(memory, SOURCE, len(found.deals), "deals", options.prefer)
    counted = _CountedDeals(context, found, memory)
    figures = [*counted.figures(), *(counted.actuals() if options.actual else ())]
    entries, changes = settle_figures(figures, SOURCE, memory, options.prefer)
    preview = Preview(table.name, entries, tuple(map(str, found.faults)), read_columns(found.reading.columns), SOURCE)
    notes = (f"read as {export.title}", *found.reading.notes, *found.notes, *counted.notes(actual=options.actual))
    return Import(preview.with_notes(found.reading.unread, notes), found.faults, changes, memory)


def home_goal(context: Context, month: Month) -> Goal:
    """Return the goal that keeps a month's figures: that of its year, else this year's, else the next one there is.

    Raises:
        InputError: there is none.
    """
    goals, settings = context.plan.goals, context.plan.settings
    years = sorted(goals)
    now = str(fiscal_year(settings, context.today))
    own = str(fiscal_year(settings, month.first))
    found = own if own in goals else next((year for year in years if year >= now), years[-1] if years else None)
    if found is None:
        hint = "begin one: `revplan goal add 2026`, with measure, start and target, ACV and close rate"
        raise InputError("the plan has no goal to keep these figures in", hint=hint)
    return goals[found]


class _CountedDeals:
    """Deals counted, as figures of the plan."""

    def __init__(self, context: Context, found: Deals, memory: Memory) -> None:
        self.context = context
        self.found = found
        self.memory = memory
        self.this_month = Month.of(context.today)
        self.goal = home_goal(context, self.this_month)
        self.new = [deal for deal in found.deals if deal.type == "new"]
        self.kept = self._months()
        self.year = self.kept[-MONTHS_PER_YEAR:]
        self.groups = DealGroups(context, found, self.goal, memory)

    def _months(self) -> tuple[Month, ...]:
        """Return the months that are over, MONTHS_KEPT at most, from the first that has a deal on."""
        days = [deal.created for deal in self.found.deals] + [deal.ended for deal in self.found.deals if deal.ended]
        first = max(min(map(Month.of, days), default=self.this_month), self.this_month.plus(-MONTHS_KEPT))
        months = []
        while first < self.this_month:
            months.append(first)
            first = first.plus(1)
        return tuple(months)

    # --- figures ---------------------------------------------------------------------------------------------------

    def figures(self) -> Iterator[Figure]:
        """Yield everything that deals say but the goal's actual."""
        for name, day in (("created", _month_created), ("won", _month_of_end("won")), ("lost", _month_of_end("lost"))):
            yield from self._by_month(name, day)
        ref, history = Ref("goal", self.goal.id, ("history",)), self.goal.history
        lag, sizes = self._lag(), self._sizes()
        if lag:
            yield Figure(ref.at("lag"), lag, say_plain(history.lag) or None if history else None)
        if sizes:
            yield Figure(ref.at("deals"), sizes, say_plain(history.deals) or None if history else None)
        yield from self._pipeline()
        recent = [deal for deal in self.new if deal.state == "open" or _is_in(deal, self.year)]
        yield from self.groups.sources(ref.at("sources"), recent)
        yield from self.groups.segments(ref.at("segments"), recent)
        yield from self.groups.campaigns()

    def _by_month(self, name: str, day: Callable[[Deal], Month | None]) -> Iterator[Figure]:
        counts = Counter(month for deal in self.new if (month := day(deal)) is not None)
        by_goal: dict[str, dict[str, Data]] = {}
        for month in self.kept:
            by_goal.setdefault(home_goal(self.context, month).id, {})[str(month)] = str(counts[month])
        for year, months in by_goal.items():
            history = self.context.plan.goals[year].history
            ref = Ref("goal", year, ("history", name))
            yield from month_figures(ref, (getattr(history, name) or None) if history else None, months)

    def _deals_won(self) -> list[Deal]:
        """Return what was won in the last twelve months that are over, the earliest first."""
        won = [deal for deal in self.new if deal.state == "won" and deal.ended and Month.of(deal.ended) in self.year]
        return sorted(won, key=lambda deal: (deal.ended, deal.amount or Decimal(0)))

    def _lag(self) -> Data:
        ages = [_months_apart(deal) for deal in self._deals_won()]
        counts = Counter(min(age, LONGEST_LAG) for age in ages if age >= 0)
        lag: list[Data] = [str(counts[age]) for age in range(max(counts, default=-1) + 1)]
        return lag

    def _sizes(self) -> Data:
        return [*map(say_amount, [deal.amount for deal in self._deals_won() if deal.amount][-MOST_SIZES:])]

    def _pipeline(self) -> Iterator[Figure]:
        """Yield the open pipeline of today, by the quarter in which it is due.

        Nothing where it is as it was counted last: the same table a week later is no new count.
        """
        open_now = [deal for deal in self.new if deal.state == "open"]
        if self._is_counted(len(open_now), amount_of(open_now).get("amount")):
            return
        settings = self.context.plan.settings
        due: dict[str, list[Deal]] = {}
        for deal in open_now:
            if deal.expected is not None and deal.expected >= self.context.today:
                due.setdefault(str(fiscal_quarter(settings, deal.expected)), []).append(deal)
        body: dict[str, Data] = {"count": str(len(open_now)), **amount_of(open_now)}
        if due:
            body["due"] = {quarter: {"count": str(len(own)), **amount_of(own)} for quarter, own in sorted(due.items())}
        yield from month_figures(
            Ref("goal", self.goal.id, ("pipeline",)), self.goal.pipeline, {str(self.context.today): body}
        )

    def _is_counted(self, count: int, amount: Data) -> bool:
        """Tell whether the plan's last count, of an earlier day, is the same."""
        known = self.goal.pipeline if isinstance(self.goal.pipeline, dict) else {}
        days = [day for day in known if day < self.context.today]
        if not days or self.context.today in known:
            return False
        last = known[max(days)]
        return last.count == count and say_plain(last.amount) == amount

    # --- the goal's actual -----------------------------------------------------------------------------------------

    def actuals(self) -> Iterator[Figure]:
        """Yield the goal's actual by month, from the last month on that is known otherwise.

        Recurring revenue goes up by what was won; nothing of it is lost, for deals tell no churn. Recognised revenue is
        what was won in the month.
        """
        settings = self.context.plan.settings
        for year, goal in sorted(self.context.plan.goals.items()):
            months = [month for month in fiscal_months(settings, int(year)) if month in self.kept]
            typed = [month for month in goal.actual if self._is_typed(goal, month)]
            level = goal.actual[max(typed)] if typed else goal.start_revenue
            for month in months:
                if typed and month <= max(typed):
                    continue
                won = self._amount_won(goal, month)
                level = level + won if goal.measure == "recurring" else won
                ours = goal.actual.get(month)
                yield Figure(
                    Ref("goal", year, ("actual", str(month))),
                    say_amount(level),
                    None if ours is None else say_plain(ours),
                )

    def _is_typed(self, goal: Goal, month: Month) -> bool:
        """Tell whether a month's actual is not what deals said last: it was typed, or revenue was imported."""
        return self.memory.last(f"{SOURCE}:goal/{goal.id}", f"actual.{month}") != say_plain(goal.actual.get(month))

    def _amount_won(self, goal: Goal, month: Month) -> Decimal:
        counted = ("new", "expansion") if goal.measure == "recurring" else ("new", "expansion", "renewal")
        return sum(
            (
                deal.amount
                for deal in self.found.deals
                if deal.state == "won"
                and deal.amount
                and deal.ended
                and Month.of(deal.ended) == month
                and deal.type in counted
            ),
            Decimal(0),
        )

    def _earlier_pipeline(self) -> Iterator[str]:
        """Yield what the plan's last count of the open pipeline was, where that is of an earlier day."""
        known = self.goal.pipeline if isinstance(self.goal.pipeline, dict) else {}
        day = max((day for day in known if day < self.context.today), default=None)
        if day is not None:
            last, say = known[day], self.context.plan.settings.currency.say
            amount = f", {say(last.amount)}" if last.amount is not None else ""
            yield f"the open pipeline counted before, on {day}: {plural(last.count or 0, 'deal')}{amount}"

    # --- what is said besides --------------------------------------------------------------------------------------

    def notes(self, *, actual: bool) -> Iterator[str]:
        """Yield what was counted, and what was left out of which figure."""
        types = Counter(deal.type for deal in self.found.deals)
        said = ", ".join(f"{count} {name}" for name, count in sorted(types.items()))
        yield f"{said}; rates are those of the new ones"
        won = self._deals_won()
        if self.year:
            yield f"close rate, lag and sizes: decided from {self.year[0]} to {self.year[-1]}"
        days = [day for deal in self.found.deals for day in (deal.created, deal.ended) if day is not None]
        if days:
            yield f"the last deal was created or decided on {max(days)}"
        backwards = sum(_months_apart(deal) < 0 for deal in won)
        if backwards:
            yield f"{plural(backwards, 'deal')} won before being created: not in the lag"
        unknown = sum(not deal.amount for deal in won)
        if unknown:
            yield f"{plural(unknown, 'deal')} won without an amount: not in the sizes, nor in any sum of their group"
        late = sum(
            deal.state == "open" and deal.expected is not None and deal.expected < self.context.today
            for deal in self.new
        )
        if late:
            yield f"{plural(late, 'open deal')} past the day on which it was to close: in no quarter"
        yield from self._earlier_pipeline()
        yield from self.groups.notes()
        yield "names of companies and people are not kept"
        if not actual:
            yield "the goal's actual is left as it is; --actual takes it from what was won"
        elif any(goal.measure == "recurring" for goal in self.context.plan.goals.values()):
            yield "the actual of recurring revenue goes up by what was won, and by no churn: `import revenue` knows it"


def _month_created(deal: Deal) -> Month | None:
    return Month.of(deal.created)


def _month_of_end(state: str) -> Callable[[Deal], Month | None]:
    return lambda deal: Month.of(deal.ended) if deal.state == state and deal.ended is not None else None


def _is_in(deal: Deal, months: Sequence[Month]) -> bool:
    return bool(months) and Month.of(deal.ended or deal.created) >= months[0]


def _months_apart(deal: Deal) -> int:
    created, ended = deal.created, deal.ended or deal.created
    return (ended.year - created.year) * MONTHS_PER_YEAR + ended.month - created.month if ended >= created else -1
