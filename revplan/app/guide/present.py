"""Which answers of a sheet the plan has already: a sheet that is handed in twice brings nothing the second time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.app.guide import answers, lists, naming, so_far
from revplan.app.guide.defaults import FUNNEL
from revplan.app.guide.outcome import as_sentence, shares_field
from revplan.app.guide.questions import is_known
from revplan.app.guide.session import Place, present_value, starters, value_at
from revplan.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from revplan.app.guide.session import Said, Session
    from revplan.model.campaigns import Campaign
    from revplan.model.tactics import Tactic
    from revplan.model.workshops import WorkshopStep

    Entry = Mapping[str, Said]


def known_answers(session: Session, texts: Mapping[str, Said]) -> frozenset[str]:
    """Return the keys of the answers that the plan has already; of an entry that it has, the keys of all of it."""
    found: set[str] = set()
    for step in session.workshop.steps:
        own = {key: said for key, said in texts.items() if key.startswith(f"{step.id}/")}
        if step.entries is None:
            found.update(key for key, said in own.items() if _has_answer(session, step, key, said))
            continue
        for number in {key.split("/")[1] for key in own}:
            entry = {key.rpartition("/")[2]: said for key, said in own.items() if key.split("/")[1] == number}
            if _has_entry(session, step, entry):
                found.update(f"{step.id}/{number}/{name}" for name in entry)
    return frozenset(found)


def says_otherwise(session: Session, key: str) -> bool:
    """Tell whether a question is not asked since the plan has an answer to it."""
    place = find_place(session, key)
    return place is not None and is_known(session, place)


def repeats_another(session: Session, key: str, texts: Sequence[str]) -> bool:
    """Tell whether an answer that is not asked for says what the tool's first mention says, or the plan."""
    place = find_place(session, key)
    if place is None or (session.workshop.name, place.step.id) != ("stack", "tools"):
        return False
    first = lists.category_named_before(session, place.thing)
    name = naming.tool_named(session, session.text_of(place.sibling("name")))
    tool = session.plan.stack.tools.get(str(name))
    own = getattr(tool, place.question.id.replace("-", "_"), None)
    in_plan = own if isinstance(own, tuple) else (str(own),)
    known = session.answers.get(f"tools/{first}/{place.question.id}") if first else in_plan if own else None
    try:
        return answers.read(session, place, texts) == known
    except InputError:
        return False


def find_place(session: Session, key: str) -> Place | None:
    """Return the question of a key in a step that makes no entries; None where there is none."""
    parts = key.split("/")
    step = session.workshop.step(parts[0])
    question = next((each for each in step.questions if each.id == parts[-1]), None) if step is not None else None
    if step is None or question is None or step.entries is not None or len(parts) != (3 if step.each else 2):
        return None
    thing = parts[1] if step.each else ""
    label = dict(lists.things(session, step.each)).get(thing, thing) if step.each is not None else ""
    return Place(key, step, question, thing, label)


# --- one answer ----------------------------------------------------------------------------------------------------


def _has_answer(session: Session, step: WorkshopStep, key: str, said: Said) -> bool:
    place = find_place(session, key)
    if place is None:
        return False
    special = _ANSWERS.get((session.workshop.name, step.id, place.question.id))
    if place.question.takes == "months":
        return so_far.is_recorded(session, said)
    try:
        read = answers.read(replace(session, every=True), place, said)
    except InputError:
        return _is_settled(session, place)
    if special is not None:
        return special(session, place, read)
    if place.question.into is None:
        return _is_settled(session, place)
    return _has_value(session, place, read) or (place.thing != "" and _is_settled(session, place))


def _has_value(session: Session, place: Place, said: Said) -> bool:
    value = present_value(session, place)
    label = place.question.label
    if label is not None:
        return isinstance(value, str) and f"{label}: {' '.join(said)}" in value.split("\n")
    if place.question.of == "segment+" and isinstance(value, str):
        return said[0] in (value, naming.names_of(session, "segment").get(value))
    wanted = answers.as_data(place, said)
    if isinstance(value, str) and isinstance(wanted, str) and shares_field(session, place):
        return f" {as_sentence(wanted)} " in f" {value} "
    return value == wanted


def _is_settled(session: Session, place: Place) -> bool:
    """Tell whether the thing that a step is held for has left the list of those that wait for an answer."""
    return bool(place.thing) and place.thing not in dict(lists.things(session, str(place.step.each)))


def _has_funnel(session: Session, _place: Place, said: Said) -> bool:
    rates = [value_at(session.raw, ("goals", session.subject(), "funnel", field)) for field in FUNNEL]
    return rates == [*said]


def _has_open(session: Session, _place: Place, said: Said) -> bool:
    goal = session.plan.goals.get(session.subject())
    counted = goal.pipeline.values() if goal is not None and isinstance(goal.pipeline, dict) else ()
    counts = [goal.open_opportunities if goal is not None else None, *(each.count for each in counted)]
    return said[0] in map(str, counts)


def _campaign(session: Session) -> Campaign | None:
    return session.plan.campaigns.get(session.subject())


def _has_metric(session: Session, _place: Place, said: Said) -> bool:
    campaign = _campaign(session)
    return campaign is not None and said[0] in campaign.metrics


def _has_target(session: Session, _place: Place, said: Said) -> bool:
    value = value_at(session.raw, ("campaigns", session.subject(), "metrics"))
    return isinstance(value, dict) and said[0] in value.values()


def _serves(session: Session, _place: Place, said: Said) -> bool:
    """Tell whether work of the campaign serves an objective."""
    own = [each for each in session.plan.tactics.values() if each.campaign == session.subject()]
    return any(tactic.objective == said[0] for tactic in own)


def _has_tool(session: Session, place: Place, said: Said) -> bool:
    names = {tool.name for tool in session.plan.stack.tools.values() if place.thing in tool.categories}
    return said[0] in names


def _has_commitments(session: Session, place: Place, _said: Said) -> bool:
    return place.thing in session.plan.strategy.objectives and is_known(session, place)


def _is_nobodys(session: Session, place: Place, said: Said) -> bool:
    """Tell whether a differentiator is gone, or stands since nobody else says it."""
    return _is_settled(session, place) or (said == ("nobody",) and is_known(session, place))


def _has_issues(session: Session, place: Place, said: Said) -> bool:
    told = {issue.title for issue in session.plan.issues.values() if issue.objective == place.thing}
    return all(any(title.endswith(f": {line.partition(' ')[2]}") for title in told) for line in said)


def _has_action(session: Session, place: Place, said: Said) -> bool:
    objective = session.plan.strategy.objectives.get(place.thing)
    judged = objective.assessment if objective is not None else None
    action = judged.action if judged is not None else None
    return action is not None and action == naming.find_id(session, "tactic", said[0])


_ANSWERS: dict[tuple[str, str, str], Callable[[Session, Place, Said], bool]] = {
    ("goals", "deals", "funnel"): _has_funnel,
    ("goals", "deals", "open"): _has_open,
    ("campaign", "dates", "metric"): _has_metric,
    ("campaign", "dates", "goal"): _has_target,
    ("campaign", "dates", "objective"): _serves,
    ("stack", "tools", "name"): _has_tool,
    ("remarkable", "known", "too"): _is_nobodys,
    ("align", "steps", "share"): _has_commitments,
    ("align", "steps", "why-not"): _has_issues,
    ("align", "steps", "action"): _has_action,
}
"""What tells whether the plan has an answer that no field alone holds, by workshop, step and question."""


# --- an entry ------------------------------------------------------------------------------------------------------


def _has_entry(session: Session, step: WorkshopStep, entry: Entry) -> bool:
    said = " ".join(entry.get(str(step.named_by), ()))
    if step.entries != "notes":
        return said in _names_of(session, tuple(str(step.entries).split(".")), str(step.named_by))
    return bool(said) and _ENTRIES[session.workshop.name, step.id](session, said, entry)


def _has_claim(session: Session, said: str, _entry: Entry) -> bool:
    return said in _claims(session)


def _has_tactic(session: Session, said: str, entry: Entry) -> bool:
    playbook = naming.find_id(session, "playbook", said)
    made = [tactic for tactic in session.plan.tactics.values() if playbook and tactic.playbook == playbook]
    return any(_is_made_so(session, tactic, entry) for tactic in made)


def _has_asset(session: Session, said: str, _entry: Entry) -> bool:
    campaign = _campaign(session)
    return campaign is not None and said in {asset.title for asset in campaign.assets.values()}


def _has_variant(session: Session, said: str, _entry: Entry) -> bool:
    campaign, persona = _campaign(session), naming.find_id(session, "persona", said)
    return campaign is not None and persona in {variant.persona for variant in campaign.variants.values()}


def _has_flow(session: Session, _said: str, entry: Entry) -> bool:
    ends = [naming.find_id(session, "tool", " ".join(entry.get(end, ()))) for end in ("from", "to")]
    return any([own.from_, own.to] == ends for own in session.plan.stack.integrations.values())


_ENTRIES: dict[tuple[str, str], Callable[[Session, str, Entry], bool]] = {
    ("remarkable", "claims"): _has_claim,
    ("tactics", "chosen"): _has_tactic,
    ("campaign", "assets"): _has_asset,
    ("campaign", "variants"): _has_variant,
    ("stack", "flows"): _has_flow,
}
"""What tells whether the plan has an entry of a step with an outcome of its own, by workshop and step."""


def _is_made_so(session: Session, tactic: Tactic, entry: Entry) -> bool:
    """Tell whether a tactic is what an entry of the tactics workshop made, as far as the entry says."""
    word, _, reason = " ".join(entry.get("verdict", ("in",))).partition(" ")
    if word.casefold() == "out":
        return reason in (tactic.notes or "")
    objective = " ".join(entry.get("objective", ()))
    impact = " ".join(entry.get("impact", ()))
    serves = not objective or naming.find_id(session, "objective", objective) == tactic.objective
    return serves and impact in ("", str(tactic.impact))


def _names_of(session: Session, keys: tuple[str, ...], field: str) -> Iterator[str]:
    """Yield what the entries of a map are called that `init` did not write."""
    own, first = value_at(session.raw, keys), starters(session, keys)
    for name, body in own.items() if isinstance(own, dict) else ():
        if name not in first and isinstance(body, dict):
            yield str(body.get(field))


def _claims(session: Session) -> Iterator[str]:
    """Yield the claims that a workshop has held against the competitors: those that survived, and those thrown out."""
    yield from _names_of(session, ("strategy", "differentiators"), "claim")
    notes = value_at(session.raw, ("strategy", "notes"))
    for line in notes.split("\n") if isinstance(notes, str) else ():
        if line.startswith("Thrown out on "):
            yield line.partition(': "')[2].rpartition('" (')[0]
