"""What came of deals by source, by segment and by campaign; no name that few deals share is kept."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from revplan.app.editing.entries import propose_id
from revplan.app.exchange.figures import Figure, say_amount, say_plain, stale_names
from revplan.app.exchange.files import normalise_header
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from revplan.app.exchange.deals import Deal, Deals
    from revplan.app.exchange.memory import Memory
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.goals import DealCounts, Goal

SOURCE = "deals"
"""What deals are remembered under."""
LEAST_OF_SOURCE = 3
"""Deals from which on a source is told by its name: fewer may tell who the customer is."""
OTHER, UNKNOWN_SOURCE = "other", "unknown"
_SHOWN = 8


class DealGroups:
    """Deals counted by what they have in common, as figures of the plan."""

    def __init__(self, context: Context, found: Deals, goal: Goal, memory: Memory) -> None:
        self.context = context
        self.found = found
        self.goal = goal
        self.memory = memory
        campaigns, segments = context.plan.campaigns, context.plan.strategy.segments
        self.known_campaigns = {
            normalise_header(name): own
            for own, campaign in campaigns.items()
            for name in (own, campaign.title, *campaign.aliases)
        }
        self.known_segments = {
            normalise_header(name): own for own, segment in segments.items() for name in (own, segment.name)
        }

    # --- by source -------------------------------------------------------------------------------------------------

    def sources(self, ref: Ref, deals: Iterable[Deal]) -> Iterator[Figure]:
        """Yield what came of deals by where they came from."""
        groups: dict[str, list[Deal]] = {}
        for deal in deals:
            groups.setdefault(self._source_id(deal.source), []).append(deal)
        small = [
            name for name, own in groups.items() if len(own) < LEAST_OF_SOURCE and name not in (OTHER, UNKNOWN_SOURCE)
        ]
        for name in small:
            groups.setdefault(OTHER, []).extend(groups.pop(name))
        if set(groups) == {UNKNOWN_SOURCE}:
            groups = {}
        yield from self._of_history(ref, groups, self.goal.history.sources if self.goal.history else {})

    def _source_id(self, source: str) -> str:
        if not source:
            return UNKNOWN_SOURCE
        if normalise_header(source) in self.found.names:
            return OTHER
        return propose_id(source, "source", ())

    # --- by segment ------------------------------------------------------------------------------------------------

    def segments(self, ref: Ref, deals: Iterable[Deal]) -> Iterator[Figure]:
        """Yield what came of deals by the plan's segments, where the table has such."""
        groups: dict[str, list[Deal]] = {}
        for deal in deals:
            own = self.known_segments.get(normalise_header(deal.segment)) if deal.segment else None
            if own is not None:
                groups.setdefault(own, []).append(deal)
        yield from self._of_history(ref, groups, self.goal.history.segments if self.goal.history else {})

    def _of_history(
        self, ref: Ref, groups: Mapping[str, Sequence[Deal]], ours: Mapping[str, DealCounts]
    ) -> Iterator[Figure]:
        """Yield a figure for each group, and for those that deals named last time and name no longer."""
        for name, own in sorted(groups.items()):
            yield Figure(ref.at(name), counts_of(own), say_plain(ours.get(name)))
        prefix = f"{'.'.join(map(str, ref.keys))}."
        given = [f"{prefix}{name}" for name in groups]
        for name in stale_names(self.memory, SOURCE, f"goal/{self.goal.id}", prefix, given):
            gone = name.removeprefix(prefix)
            yield Figure(ref.at(gone), None, say_plain(ours.get(gone)))

    # --- by campaign -----------------------------------------------------------------------------------------------

    def campaigns(self) -> Iterator[Figure]:
        """Yield what came of deals by the plan's campaigns."""
        campaigns = self.context.plan.campaigns
        groups: dict[str, list[Deal]] = {}
        for deal in self.found.deals:
            own = self._campaign_of(deal)
            if own is not None and deal.type != "renewal":
                groups.setdefault(own, []).append(deal)
        for name, own_deals in sorted(groups.items()):
            body, ours = counts_of(own_deals), say_plain(campaigns[name].deals)
            yield Figure(Ref("campaign", name, ("deals",)), body, ours, campaigns[name].title)

    def _campaign_of(self, deal: Deal) -> str | None:
        """Return the plan's campaign that a deal came from: by id, title or alias."""
        return self.known_campaigns.get(normalise_header(deal.campaign)) if deal.campaign else None

    def notes(self) -> Iterator[str]:
        """Yield the campaigns and segments that the plan does not have."""
        deals = self.found.deals
        others = Counter(deal.campaign for deal in deals if deal.campaign and self._campaign_of(deal) is None)
        if others:
            way = "`aliases` of a campaign says what it is called there"
            yield f"campaigns that the plan does not have: {_most_common(others)}; {way}"
        unknown = Counter(
            deal.segment for deal in deals if deal.segment and normalise_header(deal.segment) not in self.known_segments
        )
        if unknown and self.known_segments:
            yield f"segments that the plan does not have: {_most_common(unknown)}"


def _most_common(names: Counter[str]) -> str:
    said = ", ".join(f"{name} ({count})" for name, count in names.most_common(_SHOWN))
    return f"{said} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else said


def counts_of(deals: Iterable[Deal]) -> Data:
    """Return what came of deals; no amount where one of them does not say its own, for the rest is not the whole."""
    own = list(deals)
    by_state = {state: [deal for deal in own if deal.state == state] for state in ("won", "lost", "open")}
    return {
        "created": str(len(own)),
        **{state: str(len(each)) for state, each in by_state.items()},
        **{f"{state}_{name}": value for state in ("won", "open") for name, value in amount_of(by_state[state]).items()},
    }


def amount_of(deals: Iterable[Deal]) -> dict[str, Data]:
    """Return what deals bring in all; nothing where one does not say, for the rest is not the whole."""
    own = list(deals)
    if any(deal.amount is None for deal in own):
        return {}
    return {"amount": say_amount(sum((deal.amount for deal in own if deal.amount is not None), Decimal(0)))}
