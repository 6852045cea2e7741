"""Plans the work before a campaign's launch, and writes it into the backlog."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from revplan.analysis.campaigns import target_personas
from revplan.analysis.launch import APPROVAL, work_to_launch
from revplan.app.editing.entries import declared_ids, propose_id, require_read
from revplan.errors import InputError
from revplan.model.base import Ref
from revplan.model.campaigns import read_address
from revplan.model.change import Change
from revplan.model.numbers import half_up
from revplan.reports import campaign_brief, campaign_plan
from revplan.wording import hours_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.launch import LaunchGroup, LaunchTask, LaunchWork, VariantAsset
    from revplan.model.campaigns import Campaign
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.tactics import Tactic
    from revplan.reports.document import Document

_USUAL_IMPACT = 6
"""The impact of a launch's tactics where the campaign has none to go by."""
TITLES = {"production": "print and production", "assets": "assets", "launch": "launch"}
"""How the tactic of a group is called, behind the campaign's title."""


def find_campaign(plan: Plan, campaign_id: str) -> Campaign:
    """Return a campaign.

    Raises:
        UnknownIdError: there is no such campaign, or it cannot be read.
    """
    return plan.campaigns[require_read(plan, "campaign", campaign_id)]


def read_page(text: str) -> str:
    """Return the address of a page as the command line gives it.

    Raises:
        InputError: it is no address with http or https.
    """
    try:
        return read_address(text)
    except PydanticCustomError as error:
        raise InputError(error.message(), hint="write it whole, with https://") from error


def launch_work(context: Context, campaign_id: str) -> LaunchWork:
    """Return the work that a campaign still needs before its launch.

    Raises:
        UnknownIdError: there is no such campaign, or it cannot be read.
    """
    return work_to_launch(context, find_campaign(context.plan, campaign_id))


def changes_of_launch(context: Context, work: LaunchWork) -> tuple[Change, ...]:
    """Return the changes that write a launch's work: a tactic for each group, and assets that name their tasks.

    The launch list's tactic requires the others. An asset without a day gets the last day of its task.
    """
    plan, campaign = context.plan, work.campaign
    taken = set(declared_ids(plan, "tactic"))
    changes: list[Change] = []
    before: list[str] = []
    for group in work.groups:
        name = propose_id(f"{campaign.id} {group.name}", "tactic", taken)
        taken.add(name)
        changes.append(Change(Ref("tactic", name), _tactic(context, campaign, group, before), None))
        before.append(name)
        changes += _asset_changes(work, group, name)
    return tuple(changes)


def launch_page(context: Context, work: LaunchWork, *, written: bool) -> Document:
    """Return the work before a launch as a document; `written` says whether the work is written with it."""
    return campaign_plan.plan_page(context, work, written=written)


def brief_page(context: Context, campaign_id: str, variant: str | None) -> Document:
    """Return the page for whoever makes a campaign or one of its variants. Errors are those of `find_campaign`."""
    return campaign_brief.brief(context, find_campaign(context.plan, campaign_id), variant)


def links_page(plan: Plan, campaign_id: str, to: str | None) -> Document:
    """Return the tagged addresses of a campaign's assets; `to` is where links lead, else the plan's pages.

    Raises:
        UnknownIdError: there is no such campaign.
        InputError: `to` is no address.
    """
    campaign = find_campaign(plan, campaign_id)
    return campaign_brief.links_page(campaign, read_page(to) if to is not None else None)


def _tactic(context: Context, campaign: Campaign, group: LaunchGroup, before: list[str]) -> dict[str, Data]:
    plan = context.plan
    alike = [tactic for tactic in plan.tactics.values() if tactic.campaign == campaign.id]
    owner = plan.team.get(campaign.owner) if campaign.owner is not None else None
    body: dict[str, Data] = {
        "title": f"{campaign.title}: {TITLES[group.name]}",
        "function": owner.function if owner is not None else "marketing",
        "impact": str(_impact(alike)),
        "campaign": campaign.id,
    }
    objective = _most_common([tactic.objective for tactic in alike if tactic.objective is not None])
    if objective is not None:
        body["objective"] = objective
    metric = next(iter(campaign.metrics), None)
    if metric is not None:
        body["metric"] = metric
    personas = [*dict.fromkeys(target_personas(plan, campaign))]
    if personas:
        body["personas"] = [*personas]
    if group.name == "launch" and before:
        body["requires"] = [*before]
    if group.not_before is not None:
        body["not_before"] = group.not_before.isoformat()
    if group.deadline is not None:
        body["deadline"] = group.deadline.isoformat()
    if group.why:
        body["notes"] = f"Once it is made: {group.why}."
    waits = bool(before) and group.not_before is not None
    body["tasks"] = {task.id: _task(task, waits=waits and not task.after) for task in group.tasks}
    return body


def _impact(alike: list[Tactic]) -> int:
    if not alike:
        return _USUAL_IMPACT
    return half_up(Fraction(sum(tactic.impact for tactic in alike), len(alike)))


def _most_common(names: list[str]) -> str | None:
    found = Counter(sorted(names)).most_common(1)
    return found[0][0] if found else None


def _task(task: LaunchTask, *, waits: bool) -> dict[str, Data]:
    """Return a task in the plan's notation; `waits` for approval of what its tactic requires."""
    body: dict[str, Data] = {"title": task.title, "skill": task.skill, "hours": hours_text(task.minutes)}
    if task.owner is not None:
        body["owner"] = task.owner
    if task.after:
        body["after"] = [*task.after]
    if waits:
        body["wait"] = f"{APPROVAL}w"
    return body


def _asset_changes(work: LaunchWork, group: LaunchGroup, tactic: str) -> Iterator[Change]:
    new = {each.id: each for each in work.variant_assets}
    for task in group.tasks:
        if task.asset is None:
            continue
        ref = Ref("asset", f"{work.campaign.id}/{task.asset}")
        made_by, due = f"{tactic}/{task.id}", task.finish.isoformat()
        if task.asset in new:
            yield Change(ref, _new_asset(work.campaign, new[task.asset], made_by, due))
            continue
        yield Change(ref.at("task"), made_by)
        if work.campaign.assets[task.asset].due is None:
            yield Change(ref.at("due"), due)


def _new_asset(campaign: Campaign, new: VariantAsset, made_by: str, due: str) -> dict[str, Data]:
    of = campaign.assets[new.of]
    body: dict[str, Data] = {"channel": of.channel, "title": new.title, "due": due, "task": made_by}
    if of.owner is not None:
        body["owner"] = of.owner
    body["variant"] = new.variant
    if new.differs:
        body["notes"] = f"Differs: {', '.join(each.replace('_', ' ') for each in new.differs)}."
    return body
