"""Exports of other programs, changed here and there: taken or refused in words, and never a traceback."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.exchange.absence_calendar import read_calendar
from revplan.app.exchange.absences import AbsenceOptions, absence_headers, absences_from, read_absences
from revplan.app.exchange.columns import Asked
from revplan.app.exchange.deal_figures import DealOptions, deals_from
from revplan.app.exchange.deals import DealWords, deal_headers
from revplan.app.exchange.entries import entries_from, entry_headers
from revplan.app.exchange.files import parse_table
from revplan.app.exchange.memory import read_memory
from revplan.app.exchange.readings import ReadingOptions, headers, readings_from
from revplan.app.exchange.revenue import RevenueOptions, revenue_from, revenue_headers
from revplan.app.exchange.sources import ABSENCES, DEALS, REVENUE, SPEND, TIME, find_export, find_source
from revplan.app.exchange.spend import SpendOptions, spend_from, spend_headers
from revplan.app.exchange.tactics import Options, tactics_from
from revplan.app.exchange.time_entries import TimeOptions, time_from, time_headers
from revplan.app.open import context_of
from revplan.errors import RevplanError
from revplan.store.edit.plan import edit
from revplan.store.load import read
from tests.app.exchange.sources.test_sources import EXPORTS
from tests.support.inputs import any_seed
from tests.support.mutation import ODD, mutated
from tests.support.plans import HARBOURLINE

if TYPE_CHECKING:
    import random

    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.memory import Import
    from revplan.store.loaded import Loaded

TODAY = date(2026, 11, 28)
ASKED = Asked()
USUAL = Options({"function": "marketing", "impact": "5", "skill": "writing", "hours": "4"})
DEALS_OF = (
    """\
Record ID,Deal Name,Deal Stage,Close Date,Create Date,Amount,Deal owner,Deal Type
101,Zebra,Closed Won,2026-09-15 10:22,2026-06-03 09:00,24000,Ana,newbusiness
102,Yak,Closed Lost,2026-09-20 10:22,2026-07-03 09:00,18000,Ana,renewal
""",
    """\
Opportunity Name,Stage,Amount,Probability (%),Close Date,Created Date,Type
Zebra,Closed Won,"$24,000.00",100,9/15/2026,6/3/2026,New Business
Yak,Lost,€18,0,9/20/2026,7/3/2026,New
""",
    """\
Deal - ID,Deal - Status,Deal - Value,Deal - Currency of Value,Deal - Deal created,Deal - Won time,Deal - Lost time
1,Won,24000,USD,2026-06-03 09:00:00,2026-09-15 10:22:00,
2,Lost,18000,EUR,2026-07-03 09:00:00,,2026-09-20 10:22:00
""",
)
REVENUE_OF = (
    """\
Customer Id,Month,MRR,Currency
Zebra,2025-12,1000,USD
Yak,2025-12,600,USD
Zebra,2026-01,1500,USD
Yak,2026-01,0,USD
""",
    "customer_id,2025-12,2026-01,2026-02\ncus_1,1000,1500,1500\ncus_2,600,500,500\n",
    "month,amount\n2026-01,1000\n2026-02,1200\nTotal,2200\n",
)
SPEND_OF = (
    """\
Posting Date;Account;Account Name;Cost Centre;Vendor;Amount
01.09.2026;6100;Advertising;Marketing;Ads;1.250,00
15.09.2026;6100;Advertising;Marketing;Other;800,00
03.10.2026;6200;Travel;Sales;Rail;-75,50
""",
    "date,account,debit,credit,description\n2026-09-01,6100,1250.00,,Ads\n2026-09-15,6100,,800,Back\n",
)
TIME_OF = (
    """\
User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags
Dana,dana@example.org,,Podcast,write,draft,No,2026-12-01,09:00:00,2026-12-01,11:30:00,02:30:00,
""",
    """\
Date,Client,Project,Project Code,Task,Notes,Hours,First Name,Last Name
2026-12-01,,Podcast,P,Writing,,2.5,Dana,W
""",
    "member,tactic,task,date,hours\ndana,podcast,write,2026-12-01,1:30\n",
)
ABSENCES_OF = (
    """\
First name,Last name,Email,Absence type,Start date,Half day start,End date,Half day end,Days,Status
Dana,Whitfield,,Paid vacation,21.12.2026,No,23.12.2026,Yes,2.5,Approved
""",
    """\
Employee,Category,From,To,Requested,Unit,Status
"Whitfield, Dana",Vacation,12/21/2026,12/22/2026,16,hours,approved
""",
)
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
SUMMARY:Dana Whitfield - vacation
DTSTART;VALUE=DATE:20261221
DTEND;VALUE=DATE:20261224
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Dana away
DTSTART;TZID=Europe/Berlin:20261228T090000
DURATION:PT4H
ATTENDEE;CN=Dana:mailto:dana@example.org
RRULE:FREQ=DAILY;COUNT=3
END:VEVENT
END:VCALENDAR
"""
READINGS_OF = (
    "metric,date,value\nnew-leads,2026-11-01,12\nnew-leads,2026-11-08,1.250\n",
    "date,new-leads,onboarding-days\n2026-11-01,12,50%\n08/11/2026,(3),1e3\n",
)
ENTRIES_OF = {
    "todo": "id,title,owner,due\ncall-auditor,Ring,dana,2026-12-24\n,New one,dana,tomorrow\n",
    "member": "id,name,kind,function,hours_per_week\ndana,Dana W,employee,sales,40\n",
    "campaign": "id,title,start,end\nlaunch,Launch,2027-01-11,2027-02-11\n",
}


@pytest.fixture(scope="module")
def plan() -> Loaded:
    return read(HARBOURLINE)


def table_of(seed: random.Random, texts: tuple[str, ...], known: tuple[str, ...] = ()) -> TableFile:
    every = (*ODD, *known)
    return parse_table(mutated(seed, seed.choice(texts), every), "t.csv", known)


ALL = (*(text for _, text, _ in EXPORTS.values()), *DEALS_OF, *REVENUE_OF, *SPEND_OF, *TIME_OF, *ABSENCES_OF)


@any_seed(100)
def test_any_table_nearly_right(seed: random.Random) -> None:
    with suppress(RevplanError):
        table = table_of(seed, ALL)
        assert all(len(row.cells) <= len(table.header) for row in table.rows)


@pytest.mark.parametrize("kind", ["tactics", "deals", "revenue", "spend", "time", "absences", "readings", "entries"])
@any_seed(40)
def test_any_export_nearly_right(plan: Loaded, kind: str, seed: random.Random) -> None:
    with suppress(RevplanError):  # its message says what cannot be read
        found = taken(plan, kind, seed)
        assert all(map(str, found.faults))
        assert edit(plan, found.changes).files or not found.changes


def taken(plan: Loaded, kind: str, seed: random.Random) -> Import:  # noqa: PLR0911 - one return a kind
    context, memory = context_of(plan, None, TODAY), read_memory(plan.root)
    match kind:
        case "tactics":
            table = table_of(seed, tuple(text for _, text, _ in EXPORTS.values()))
            return tactics_from(context, table, find_source(table, None), ASKED, USUAL, memory)
        case "deals":
            table = table_of(seed, DEALS_OF, deal_headers(DEALS))
            return deals_from(context, table, find_export(table, DEALS, None), ASKED, DealOptions(DealWords()), memory)
        case "revenue":
            table = table_of(seed, REVENUE_OF, revenue_headers(REVENUE))
            options = RevenueOptions(seed.choice((None, "mrr", "arr", "revenue")))
            return revenue_from(context, table, find_export(table, REVENUE, None), ASKED, options, memory)
        case "spend":
            table = table_of(seed, SPEND_OF, spend_headers(SPEND))
            return spend_from(context, table, find_export(table, SPEND, None), ASKED, SpendOptions(), memory)
        case "time":
            table = table_of(seed, TIME_OF, time_headers(TIME))
            return time_from(context, table, find_export(table, TIME, None), ASKED, TimeOptions(), memory)
        case "absences":
            table = table_of(seed, ABSENCES_OF, absence_headers(ABSENCES))
            export = find_export(table, ABSENCES, None)
            absences = read_absences(context, table, export, ASKED, AbsenceOptions())
            return absences_from(context, "t.csv", export.name, absences, AbsenceOptions(), memory)
        case "readings":
            table = table_of(seed, READINGS_OF, headers(plan.plan))
            return readings_from(plan.plan, table, ASKED, ReadingOptions(), memory)
        case _:
            own = seed.choice(tuple(ENTRIES_OF))
            table = table_of(seed, (ENTRIES_OF[own],), entry_headers(own))
            return entries_from(context, plan, table, own, ASKED, seed.choice((None, "theirs", "ours")), memory)


@any_seed(60)
def test_any_calendar_nearly_right(plan: Loaded, tmp_path_factory: pytest.TempPathFactory, seed: random.Random) -> None:
    file = tmp_path_factory.getbasetemp() / "calendar.ics"
    file.write_bytes(mutated(seed, CALENDAR).encode(errors="surrogatepass"))
    with suppress(RevplanError):
        found = read_calendar(context_of(plan, None, TODAY), file, seed.choice((None, "dana")))
        assert all(map(str, found.faults))
