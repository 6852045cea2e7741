"""What a small company answers in the workshops, and how answers are typed on a terminal or written on a sheet."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from revplan.app.guide import answers
from revplan.app.guide.questions import next_place
from revplan.app.guide.session import FOR
from revplan.app.guide.workshop import SEVERAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from revplan.app.guide.session import Session

Script = dict[str, tuple[str, ...]]

ROOM: dict[str, Script] = {
    "story": {
        "world/change": ("Offices now measure how people feel on Mondays",),
        "world/stakes": ("Those with bad coffee lose their best people: the others hire them",),
        "world/obstacles": ("Nobody owns the kettle.",),
        "land/vision": ("By 2030 no office in the county loses a Monday to its coffee",),
        "land/value": ("Copper Kettle gives offices of 20 to 200 a calm Monday, without a contract",),
        "pillars/1/claim": ("A machine is swapped before it fails",),
        "pillars/1/proof": ("94 of 97 swaps in 2026 came before a call",),
        "pillars/2/claim": ("It costs less than a resignation",),
        "pillars/2/proof": ("Three customers have done the sum",),
    },
    "persona": {
        "who/name": ("Olga, office manager",),
        "who/role": ("champion",),
        "who/segment": ("Offices in the county",),
        "life/day": ("Opens at seven, and hears about the coffee first",),
        "life/goals": ("A calm Monday", "No invoice that surprises"),
        "life/pains": ("It is down again",),
        "decision/triggers": ("The machine fails in a board meeting",),
        "decision/objections": ("We have a contract until May",),
        "decision/criteria": ("Swapped within a day",),
        "decision/others": ("The finance lead signs",),
        "reach/channels": ("email", "website"),
        "reach/words": ('"down again"',),
        "reach/interviews": ("6",),
        "reach/customer": ("Offices of 20 to 200 people without a canteen",),
    },
    "goals": {
        "year/measure": ("recurring",),
        "year/start": ("1.2M",),
        "year/target": ("1.6M",),
        "deals/acv": ("12k",),
        "deals/close": ("25%",),
        "deals/lag": ("0.2, 0.5, 0.3",),
        "deals/kept": ("97%",),
        "deals/funnel": ("2%, 30%, 60% 70% 50%",),
        "deals/open": ("30",),
        "money/cost": ("600",),
        "money/programs": ("60k",),
        "money/gap": ("Ann accepts it until April: the odds are counted again then",),
        "objectives/1/title": ("Every machine call is answered within the hour",),
        "objectives/1/owner": ("Bo",),
        "objectives/1/metric": ("conversations",),
        "examples/more-conversations/keep": ("yes",),
    },
    "tactics": {
        "chosen/1/playbook": ("newsletter-launch",),
        "chosen/1/scores": ("Ann 7 3", "Bo Dahl 4 5"),
        "chosen/1/verdict": ("in",),
        "chosen/1/impact": ("6",),
        "chosen/1/effort": ("3.5",),
        "chosen/1/skills": ("strategy writing", "design: web", "marketing-automation=web"),
        "chosen/1/objective": ("every-machine-call-is-answered-within",),
        "chosen/1/metric": ("conversations",),
        "chosen/1/personas": ("first-buyer",),
        "chosen/2/playbook": ("webinar",),
        "chosen/2/verdict": ("out nobody would come",),
    },
    "remarkable": {
        "others/1/name": ("Bean Brothers",),
        "others/1/claims": ("The best coffee in town", "Free machines"),
        "others/1/counter": ("Ask who comes when it fails",),
        "claims/1/claim": ("The best coffee in the town",),
        "claims/1/too": ("nobody",),
        "claims/1/proof": ("We think so",),
        "claims/1/cares": ("Olga",),
        "claims/2/claim": ("We swap before it fails",),
        "claims/2/too": ("nobody",),
        "claims/2/proof": ("94 of 97 swaps in 2026 came before a call",),
        "claims/2/cares": ("first-buyer",),
        "claims/3/claim": ("Fair prices",),
        "claims/3/too": ("Bean Brothers",),
        "claims/4/claim": ("Founded in 1998",),
        "claims/4/too": ("nobody",),
        "claims/4/proof": ("The register",),
        "claims/4/cares": ("nobody",),
    },
    "align": {
        "functions/1/name": ("Marketing",),
        "functions/1/accountable": ("Ann",),
        "functions/1/measurables": ("conversations",),
        "functions/2/name": ("Sales",),
        "functions/2/accountable": ("bo-dahl",),
        "functions/3/name": ("Billing",),
        "functions/3/accountable": ("Ann Lee",),
        "steps/more-conversations/share": ("marketing, Sales",),
        "steps/more-conversations/why-not": ("billing the new invoices come first",),
        "steps/more-conversations/process": ("2",),
        "steps/more-conversations/capability": ("3",),
        "steps/more-conversations/gap": ("Nobody writes down what was said",),
        "steps/more-conversations/action": ("A page of notes for each call",),
        "steps/every-machine-call-is-answered-within/share": ("all",),
        "steps/every-machine-call-is-answered-within/process": ("4",),
        "steps/every-machine-call-is-answered-within/capability": ("4",),
        "rhythm/weekly": ("Monday",),
    },
    "campaign": {
        FOR: ("A calm Monday",),
        "core/persona": ("Olga",),
        "core/pillar": ("a-machine-is-swapped-before-it-fails",),
        "core/tension": ("Half the office is back on Mondays, and the machine is down",),
        "core/message": ("Monday comes. The coffee does too.",),
        "core/offer": ("A swap for a week",),
        "core/avoid": ("No jokes about tea",),
        "core/url": ("https://kettle.example/calm",),
        "core/action": ("Book the week",),
        "dates/owner": ("Ann",),
        "dates/start": ("2027-02-01",),
        "dates/end": ("2027-03-26",),
        "dates/objective": ("more-conversations",),
        "dates/metric": ("conversations",),
        "dates/goal": ("12",),
        "assets/1/title": ("The page to book on",),
        "assets/1/channel": ("website",),
        "assets/1/owner": ("Ann",),
        "assets/2/title": ("A letter to old customers",),
        "assets/2/channel": ("email",),
        "assets/2/owner": ("Bo",),
        "launch/proofread/owner": ("Bo",),
        "launch/consent-and-unsubscribe/owner": ("not-applicable",),
    },
    "stack": {
        "tools/marketing-automation/name": ("Postwing",),
        "tools/marketing-automation/owner": ("Ann",),
        "tools/marketing-automation/used-by": ("marketing", "sales"),
        "tools/sales-automation/name": ("A dialler, to be chosen",),
        "tools/sales-automation/owner": ("Bo",),
        "tools/sales-automation/status": ("wanted",),
        "tools/sales-automation/by": ("2027-03-31",),
        "tools/crm/name": ("Ledgerline",),
        "tools/crm/owner": ("Bo",),
        "tools/crm/used-by": ("all",),
        "tools/service-automation/name": ("Ticketry",),
        "tools/service-automation/owner": ("Bo",),
        "tools/service-automation/status": ("trained",),
        "tools/service-automation/by": ("2027-01-29",),
        "tools/cms/name": ("Siteworks",),
        "tools/cms/owner": ("Ann",),
        "flows/1/from": ("Siteworks",),
        "flows/1/to": ("Ledgerline",),
        "flows/1/objects": ("contacts", "requests"),
        "flows/2/from": ("Postwing",),
        "flows/2/to": ("Ledgerline",),
        "flows/2/objects": ("opens",),
        "flows/2/status": ("wanted",),
    },
}
"""What is said in each workshop, in the order in which they are held: `KEY: texts`, as people say them."""


def typed(session: Session, script: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the lines that are typed for a script, one after the other; what is not in it is passed over."""
    lines: list[str] = []
    asked = set()
    while (place := next_place(session)) is not None:
        texts = script.get(place.key, ())
        several = place.question.takes in SEVERAL
        is_over = bool(texts) and (not several or answers.stands_alone(place, texts[-1]))
        lines += texts if is_over else [*texts, ""]
        asked.add(place.key)
        session = session.answer(place.key, answers.read(session, place, texts))
    assert asked >= script.keys() - {FOR}, script.keys() - asked
    return lines


def written(sheet: str, script: Mapping[str, tuple[str, ...]]) -> str:
    """Return a sheet with the texts of a script in its blanks."""
    for key, texts in script.items():
        before, mark, after = sheet.partition(f"({key})\n\n")
        assert mark, f"no blank for {key}"
        blank, gap, rest = after.partition("\n\n")
        assert set(blank) <= {"-", "\n"} or key == FOR, blank
        sheet = before + mark + "\n".join(f"- {text}" for text in texts) + gap + rest
    return sheet


# --- a terminal ----------------------------------------------------------------------------------------------------

PATIENCE = 60
"""Seconds after which a terminal that neither asks nor ends counts as hung."""
PROMPTS = ("> ", "· ", "]: ")


def on_a_terminal(
    root: Path, lines: Sequence[str], *words: str, size: str = "100x30", kill_at: int | None = None
) -> tuple[int, str]:
    """Run revplan on a terminal of its own, typing a line at each prompt; return exit code and screen.

    Args:
        root: the plan.
        lines: what is typed.
        words: the command.
        size: columns and rows.
        kill_at: kill the process, as nobody can prevent, when this many lines have been typed and the next is asked.
    """
    outer, inner = pty.openpty()
    columns, rows = size.split("x")
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": columns, "LINES": rows, "PAGER": "cat"}
    environment["REVPLAN_PLAN"] = str(root)
    command = [sys.executable, "-m", "revplan", *words]
    with subprocess.Popen(
        command,
        env=environment,
        preexec_fn=lambda: os.login_tty(inner),  # noqa: PLW1509 - a terminal needs a session; no thread runs here
    ) as process:
        os.close(inner)
        try:
            screen = _converse(outer, list(lines), process, kill_at)
        except TimeoutError:
            process.kill()
            raise
    os.close(outer)
    return process.returncode, screen


def _converse(terminal: int, lines: list[str], process: subprocess.Popen[bytes], kill_at: int | None) -> str:
    screen, count = "", 0
    fresh = b""
    while True:
        if not select.select([terminal], [], [], PATIENCE)[0]:
            raise TimeoutError(screen[-2000:])
        try:
            part = os.read(terminal, 65536)
        except OSError:  # what Linux says when the last writer has gone
            return screen
        if not part:
            return screen
        fresh += part
        try:
            screen, fresh = screen + fresh.decode(), b""
        except UnicodeDecodeError:
            continue
        if screen.endswith(PROMPTS):
            if count == kill_at:
                os.kill(process.pid, signal.SIGKILL)
                return screen
            line = lines.pop(0) if lines else "/quit"
            count += 1
            os.write(terminal, f"{line}\n".encode())
            screen += "\n"
