"""`revplan report campaigns`: how ready each campaign is, whom it speaks to, and whether it tells one story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.campaigns import FINISHED, channel_matrix, target_personas
from revplan.analysis.readiness import readiness
from revplan.model.campaigns import LAUNCH_CHECKLIST
from revplan.reports import names, work_pictures
from revplan.reports.document import Column, Line, Outline, Section, Table, bad, dim, empty, good, warn, words
from revplan.reports.frame import Report, Working

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.campaigns import Channel
    from revplan.analysis.readiness import Lack, Readiness
    from revplan.model.campaigns import Campaign
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.reports.document import Run, Words

MAIN = "Main"
"""The campaign's own version, besides its variants."""
_REACHED = "●"
_SOON = 14


def build(context: Context) -> Report:
    """Return every campaign that has not ended."""
    found = readiness(context)
    return Report(
        name="campaigns",
        title="campaigns",
        sections=tuple(_all_sections(context, found)) or (_none(context.plan),),
        workings=tuple(_workings(found)),
        data={"campaigns": [data(context.plan, own) for own in found]},
    )


def _all_sections(context: Context, found: tuple[Readiness, ...]) -> Iterator[Section]:
    pictures = tuple(work_pictures.draw_campaigns(context, found))
    if pictures:
        yield Section(words(f"At a glance: {wording.plural(len(found), 'campaign')}"), pictures)
    yield from (section for own in found for section in _sections(context, own))


def _none(plan: Plan) -> Section:
    ended = f"{wording.plural(len(plan.campaigns), 'campaign')} ended; " if plan.campaigns else ""
    hint = "`revplan workshop campaign` leads to the next: one target, one message, and everything before the launch."
    return Section(words("No campaign ahead or under way"), (empty(Outline.TIMELINE, f"{ended}{hint}"),))


def _sections(context: Context, own: Readiness) -> Iterator[Section]:
    """Yield what there is to say of one campaign: readiness, then whom it speaks to, then its story by channel."""
    yield readiness_section(context, own)
    if context.plan.personas:
        yield _personas(context.plan, own.campaign)
    if own.campaign.assets:
        yield _channels(context.plan, own.campaign)


# --- readiness ---------------------------------------------------------------------------------------------------


def readiness_section(context: Context, own: Readiness) -> Section:
    """Return what a campaign's launch still waits for, with who sees to it."""
    campaign = own.campaign
    title = words(f"{campaign.title}: ", _state(own), f", {_when(own)}")
    done = len(campaign.assets), len(LAUNCH_CHECKLIST) + len(_own_items(campaign))
    summary = Line(
        words(
            f"{own.assets_finished} of {wording.plural(done[0], 'asset')} ready, "
            f"{done[1] - own.items_open} of {wording.plural(done[1], 'item')} of the launch list closed. "
            f"Runs {wording.period(campaign.start, campaign.end)}."
        )
    )
    if own.is_ready:
        return Section(title, (summary, Line(words(good("Nothing is missing.")))))
    columns = (Column("Missing", share=3), Column("Who", share=1), Column("Due"))
    return Section(title, (summary, Table(columns, tuple(_lack_row(context.plan, lack) for lack in own.lacks))))


def _own_items(campaign: Campaign) -> set[str]:
    return campaign.checklist.keys() - dict(LAUNCH_CHECKLIST).keys()


def _state(own: Readiness) -> Run:
    if not own.is_ahead:
        return (
            good("launched")
            if own.is_ready
            else bad(f"launched with {wording.plural(len(own.lacks), 'thing')} missing")
        )
    if own.is_ready:
        return good("ready")
    text = f"not ready, {wording.plural(len(own.lacks), 'thing')} missing"
    return bad(text) if own.days <= _SOON else warn(text)


def _when(own: Readiness) -> str:
    if not own.is_ahead:
        return f"since {wording.short_date(own.campaign.start)}"
    if own.days < 0:
        return f"{wording.plural(-own.days, 'day')} past its launch"
    return f"{wording.plural(own.days, 'day')} to launch" if own.days else "to launch today"


def _lack_row(plan: Plan, lack: Lack) -> tuple[Words, ...]:
    due = wording.short_date(lack.due) if lack.due is not None else wording.MISSING
    return (
        words(lack.what),
        words(names.member(plan, lack.owner) if lack.owner is not None else bad("nobody")),
        words(bad(f"{due}, late") if lack.is_late else due),
    )


# --- whom it speaks to -------------------------------------------------------------------------------------------


def _personas(plan: Plan, campaign: Campaign) -> Section:
    columns = (Column("Persona", share=1), Column(MAIN), *(Column(name) for name in campaign.variants))
    rows = tuple(
        (words(plan.personas[name].name), *(words(_REACHED if reached else dim(wording.MISSING)) for reached in row))
        for name, row in persona_matrix(plan, campaign).items()
    )
    return Section(words(f"{campaign.title}: whom it speaks to, by variant"), (Table(columns, rows),))


def persona_matrix(plan: Plan, campaign: Campaign) -> dict[str, tuple[bool, ...]]:
    """Return, for each persona, whether the campaign itself and then each of its variants is for them."""
    main = frozenset(target_personas(plan, campaign))
    return {
        name: (name in main, *(variant.persona == name for variant in campaign.variants.values()))
        for name in sorted(plan.personas)
    }


# --- its story by channel ----------------------------------------------------------------------------------------


def _channels(plan: Plan, campaign: Campaign) -> Section:
    columns = (
        Column("Channel", share=1),
        Column("Assets", share=2),
        Column("Pillar", share=1),
        Column("Call to action", share=1),
        Column("Readers use it", share=1),
    )
    rows = tuple(_channel_row(own) for own in channel_matrix(plan, campaign))
    return Section(words(f"{campaign.title}: one story on every channel"), (Table(columns, rows),))


def _channel_row(own: Channel) -> tuple[Words, ...]:
    return (
        words(own.name),
        words(", ".join(own.assets)),
        *(words(_cohesion(off)) for off in (own.off_pillar, own.off_action)),
        words(warn(f"not for {', '.join(own.unused)}") if own.unused else good("yes")),
    )


def _cohesion(off: tuple[str, ...]) -> Run:
    return warn(f"differs: {', '.join(off)}") if off else good("the same")


# --- where it comes from, and plain data -------------------------------------------------------------------------


def _workings(found: tuple[Readiness, ...]) -> Iterator[Working]:
    states = wording.join_names(sorted(FINISHED), "or")
    yield Working(
        "Ready", f"nothing is missing: foundations given, every asset {states}, no item of the launch list open"
    )
    for own in found:
        how = f"{own.campaign.start} − today = {wording.plural(own.days, 'day')}"
        yield Working(f"{own.campaign.title}, days to launch", how)


def data(plan: Plan, own: Readiness) -> dict[str, Any]:
    """Return a campaign's readiness as plain data."""
    campaign = own.campaign
    return {
        "campaign": campaign.id,
        "status": campaign.status,
        "start": campaign.start.isoformat(),
        "end": campaign.end.isoformat(),
        "days_to_launch": own.days,
        "ready": own.is_ready,
        "assets": len(campaign.assets),
        "assets_finished": own.assets_finished,
        "items_open": list(campaign.open_items()),
        "missing": [_lack_data(lack) for lack in own.lacks],
        "personas": {
            name: [variant for variant, reached in zip((MAIN, *campaign.variants), row, strict=True) if reached]
            for name, row in persona_matrix(plan, campaign).items()
        },
        "channels": [
            {
                "channel": each.name,
                "assets": list(each.assets),
                "off_pillar": list(each.off_pillar),
                "off_call_to_action": list(each.off_action),
                "unused_by_readers": list(each.unused),
            }
            for each in channel_matrix(plan, campaign)
        ],
    }


def _lack_data(lack: Lack) -> dict[str, Any]:
    due = lack.due.isoformat() if lack.due is not None else None
    return {"what": lack.what, "owner": lack.owner, "due": due, "late": lack.is_late}
