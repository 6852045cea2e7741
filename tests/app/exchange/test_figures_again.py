"""Figures come again, changed on both sides: what moved there, what moved here, what differs, and what is gone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from revplan.store.load import read
from tests.app.exchange.test_memory_law import PLAN, SPRINT, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.support.shell import Ran

QUICKBOOKS = """\
Acme Ltd,,,,,,,,
Profit and Loss Detail,,,,,,,,
,Date,Transaction Type,Num,Name,Memo/Description,Split,Amount,Balance
   Expenses,,,,,,,,
      Ads,,,,,,,,
,08/13/2026,Bill,1,Google,,Payable,{0}.00,
,09/13/2026,Bill,2,Google,,Payable,{1}.00,
,10/15/2026,Bill,3,Google,,Payable,{2}.00,
Total for Ads,,,,,,,,
"""
XERO = """\
Account Transactions
Acme Ltd

Date,Source,Description,Reference,Debit,Credit,Running Balance,Gross,Tax
Ads,,,,,,,,
3 Aug 2026,Payable Invoice,Google,1,{0}.00,0.00,0.00,0.00,0.00
3 Sep 2026,Payable Invoice,Google,2,{1}.00,0.00,0.00,0.00,0.00
5 Oct 2026,Payable Invoice,Google,3,{2}.00,0.00,0.00,0.00,0.00
"""
DATEV = (
    '"EXTF";700;21;"Buchungsstapel";13;20261020101112000;;"RE";"";"";1001;42;20260101;4;20260801;20261031;"x";"";1;0;0;'
    '"EUR";;"";;;"03";;;"";""\n'
    '"Umsatz (ohne Soll/Haben-Kz)";"Soll/Haben-Kennzeichen";"WKZ Umsatz";"Konto";"Gegenkonto (ohne BU-Schlüssel)";'
    '"BU-Schlüssel";"Belegdatum";"Buchungstext"\n'
    '{0},00;"S";"EUR";4610;70001;"40";0308;"a"\n{1},00;"S";"EUR";4610;70001;"40";0309;"b"\n'
    '{2},00;"S";"EUR";4610;70001;"40";0510;"c"\n'
)
GOOGLE_ADS = """\
Campaign report
"August 1, 2026 - October 31, 2026"
Month,Campaign,Currency code,Cost
2026-08,Ads,EUR,{0}.00
2026-09,Ads,EUR,{1}.00
2026-10,Ads,EUR,{2}.00
Total: Account,--,EUR,
"""
META_ADS = """\
Reporting starts,Reporting ends,Campaign name,Amount spent (EUR),Impressions
2026-08-01,2026-08-31,Ads,{0}.00,1
2026-09-01,2026-09-30,Ads,{1}.00,1
2026-10-01,2026-10-31,Ads,{2}.00,1
"""
LINKEDIN_ADS = (
    "Campaign Performance Report\n\nStart Date (in UTC)\tAccount Name\tCurrency\tCampaign Name\tTotal Spent\n"
    "8/3/2026\tAcme\tEUR\tAds\t{0}.00\n9/13/2026\tAcme\tEUR\tAds\t{1}.00\n10/5/2026\tAcme\tEUR\tAds\t{2}.00\n"
)
CARD = "Transaction Date,Posted Date,Merchant Name,Category,Amount\n" + "".join(
    f"2026-{month}-03,2026-{month}-04,Google,Ads,{{{at}}}.00\n" for at, month in enumerate(("08", "09", "10"))
)
BANK = "Buchungstag;Empfänger;Konto;Betrag;Währung\n" + "".join(
    f"03.{month}.2026;Google;Ads;-{{{at}}},00;EUR\n" for at, month in enumerate(("08", "09", "10"))
)
STRIPE = "customer_id,customer_email,2026-08,2026-09,2026-10\ncus_1,a@example.org,{0},{1},{2}\n"
CHARGEBEE = "Subscription Id,Customer Id,Month,MRR,Currency Code\n" + "".join(
    f"s1,c1,2026-{month},{{{at}}},EUR\n" for at, month in enumerate(("08", "09", "10"))
)
MRR = "Month,MRR\n2026-08,{0}\n2026-09,{1}\n2026-10,{2}\n"
READINGS = "date,value\n2026-11-02,{0}\n2026-11-09,{1}\n2026-11-16,{2}\n"
GA4 = (
    "# ----\n# Example property\n# Start date: 20261102\n# ----\nDate,Total users\n"
    "20261102,{0}\n20261109,{1}\n20261116,{2}\n"
)


@dataclass(frozen=True)
class Again:
    """An import of three figures.

    Attributes:
        words: the command.
        table: a table whose figures stand for {0}, {1}, {2}.
        place: where the plan has a figure, by its number: a pattern with the figure as its second group.
        encoding: how the table is written.
    """

    words: tuple[str, ...]
    table: str
    place: tuple[str, str, str]
    encoding: str = "utf-8"


MONTHS = ("2026-08", "2026-09", "2026-10")
DAYS = ("2026-11-02", "2026-11-09", "2026-11-16")


def by_key(keys: tuple[str, ...]) -> tuple[str, str, str]:
    one, two, three = (rf"({key}: )([0-9.]+)" for key in keys)
    return one, two, three


SPEND = ("import", "spend")
REVENUE = ("import", "revenue", "--as", "mrr")
KINDS: Mapping[str, Again] = {
    "quickbooks": Again(SPEND, QUICKBOOKS, by_key(MONTHS)),
    "xero": Again(SPEND, XERO, by_key(MONTHS)),
    "datev": Again((*SPEND, "--book", "4610=ads"), DATEV, by_key(MONTHS), "cp1252"),
    "google ads": Again(SPEND, GOOGLE_ADS, by_key(MONTHS)),
    "meta ads": Again(SPEND, META_ADS, by_key(MONTHS)),
    "linkedin ads": Again(SPEND, LINKEDIN_ADS, by_key(MONTHS), "utf-16"),
    "card": Again(SPEND, CARD, by_key(MONTHS)),
    "bank": Again((*SPEND, "--spent", "negative"), BANK, by_key(MONTHS), "cp1252"),
    "stripe": Again(REVENUE, STRIPE, by_key(MONTHS)),
    "chargebee": Again(REVENUE, CHARGEBEE, by_key(MONTHS)),
    "revenue": Again(REVENUE, MRR, by_key(MONTHS)),
    "readings": Again(("metric", "import", "--metric", "leads"), READINGS, by_key(DAYS)),
    "analytics": Again(("metric", "import", "--metric", "leads", "--map", "value=Total users"), GA4, by_key(DAYS)),
}
DEALS = ("import", "deals", "--actual")
TIME = ("import", "time")
ABSENCES = ("import", "absences")
OTHERS: Mapping[str, tuple[tuple[str, ...], str, tuple[str, str], tuple[str, str], str]] = {
    "hubspot": (
        DEALS,
        (
            "Record ID,Deal Name,Deal Stage,Amount,Create Date,Close Date,Associated Company\n"
            "11,A - new,Closed Won,12000,2026-02-03 10:00,2026-05-04 11:00,Acme\n"
            "12,B - new,Closed Lost,9000,2026-03-03 10:00,2026-06-04 11:00,Bolt\n"
        ),
        (r"(created: \{2026-02: )1", r"\g<1>7"),
        ("12000", "15000"),
        r"2026-05: 415000",
    ),
    "salesforce": (
        DEALS,
        (
            "Opportunity ID,Opportunity Name,Account Name,Stage,Amount,Created Date,Close Date,Type\n"
            "006a,A,Acme,Closed Won,12000,2026-02-13,2026-05-14,New Business\n"
            "006b,B,Bolt,Closed Lost,9000,2026-03-13,2026-06-14,New Business\n"
        ),
        (r"(created: \{2026-02: )1", r"\g<1>7"),
        ("12000", "15000"),
        r"2026-05: 415000",
    ),
    "pipedrive": (
        DEALS,
        (
            "Deal - ID,Deal - Title,Deal - Status,Deal - Value,Deal - Currency of Value,Deal - Deal created,"
            "Deal - Won time,Deal - Lost time\n"
            "1,A,Won,12000,EUR,2026-02-03 10:00:00,2026-05-04 11:00:00,\n"
            "2,B,Lost,9000,EUR,2026-03-03 10:00:00,,2026-06-04 11:00:00\n"
        ),
        (r"(created: \{2026-02: )1", r"\g<1>7"),
        ("12000", "15000"),
        r"2026-05: 415000",
    ),
    "toggl": (
        TIME,
        (
            "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,"
            "Duration,Tags\n"
            "Noor,,,Page,write,,No,2026-11-02,09:00:00,2026-11-02,11:00:00,02:00:00,\n"
            "Noor,,,Page,write,,No,2026-11-03,09:00:00,2026-11-03,11:00:00,02:00:00,\n"
        ),
        (r"(2026-11-02: \{noor: )2", r"\g<1>7"),
        ("2026-11-03,11:00:00,02:00:00", "2026-11-03,11:00:00,05:00:00"),
        r"2026-11-03: \{noor: 5",
    ),
    "clockify": (
        TIME,
        (
            "Project,Client,Description,Task,User,Group,Email,Tags,Type,Billable,Invoiced,Invoice ID,Start Date,"
            "Start Time,End Date,End Time,Duration (h),Duration (decimal),Date of creation\n"
            "Page,,,write,Noor,,,,Regular,Yes,No,,02/11/2026,15:00,02/11/2026,17:00,02:00:00,2.00,24/11/2026\n"
            "Page,,,write,Noor,,,,Regular,Yes,No,,13/11/2026,15:00,13/11/2026,17:00,02:00:00,2.00,24/11/2026\n"
        ),
        (r"(2026-11-02: \{noor: )2", r"\g<1>7"),
        ("13/11/2026,17:00,02:00:00,2.00", "13/11/2026,20:00,05:00:00,5.00"),
        r"2026-11-13: \{noor: 5",
    ),
    "harvest": (
        TIME,
        (
            "Date,Client,Project,Project Code,Task,Notes,Hours,Hours Rounded,Billable?,Invoiced?,First Name,Last Name\n"
            "2026-11-02,,Page,,write,,2.0,2.0,Yes,No,Noor,\n2026-11-03,,Page,,write,,2.0,2.0,Yes,No,Noor,\n"
        ),
        (r"(2026-11-02: \{noor: )2", r"\g<1>7"),
        ("2026-11-03,,Page,,write,,2.0,2.0", "2026-11-03,,Page,,write,,5.0,5.0"),
        r"2026-11-03: \{noor: 5",
    ),
    "jira worklogs": (
        TIME,
        (
            "Issue Key,Issue summary,Hours,Work date,Username,Full name,Work Description\n"
            "MK-1,page/write,2,2026-11-02 10:00,noor,Noor,\nMK-1,page/write,2,2026-11-03 10:00,noor,Noor,\n"
        ),
        (r"(2026-11-02: \{noor: )2", r"\g<1>7"),
        ("2,2026-11-03", "5,2026-11-03"),
        r"2026-11-03: \{noor: 5",
    ),
    "personio": (
        ABSENCES,
        (
            "First name,Last name,Email,Absence type,Start date,End date,Half day start,Half day end,Status\n"
            "Sam,,sam@example.org,Vacation,2027-01-04,2027-01-08,No,No,Approved\n"
            "Noor,,,Vacation,2027-02-01,2027-02-05,No,No,Approved\n"
        ),
        ("Vacation", "Ski"),
        ("2027-02-05", "2027-02-12"),
        r"2027-02-01..2027-02-12",
    ),
    "bamboohr": (
        ABSENCES,
        (
            "Employee,Category,From,To,Requested,Unit,Status\n"
            "Sam,Vacation,2027-01-04,2027-01-08,5,days,approved\nNoor,Vacation,2027-02-01,2027-02-05,5,days,approved\n"
        ),
        ("Vacation", "Ski"),
        ("2027-02-05,5", "2027-02-12,10"),
        r"2027-02-01..2027-02-12",
    ),
}
"""By program: the command, a table, an edit of the plan, one of the table, and what the plan says of that then."""
FIRST = (1100, 1200, 1300)


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> Again:
    return KINDS[request.param]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    found = tmp_path / "plan"
    found.mkdir()
    (found / "revplan.yaml").write_text(PLAN, encoding="utf-8")
    (found / "sprints.yaml").write_text(SPRINT, encoding="utf-8")
    return found


def figures(root: Path, kind: Again) -> list[str]:
    """Return the three figures as the plan's text has them."""
    text = "".join(texts(root).values())
    return [match[2] if (match := re.search(place, text)) else "" for place in kind.place]


def test_figures_move_there_here_and_on_both_sides(run: Callable[..., Ran], root: Path, kind: Again) -> None:
    def take(amounts: tuple[int, int, int], *words: str) -> list[dict[str, Any]]:
        file = root.parent / "export.csv"
        file.write_bytes(kind.table.format(*amounts).encode(kind.encoding))
        ran = run("-C", root, *kind.words, file, "--write", "--format", "json", *words)
        assert ran.code == 0, ran.err
        rows: list[dict[str, Any]] = json.loads(ran.out)["data"]["rows"]
        return rows

    take(FIRST)
    factor = 12 if kind.words[1] == "revenue" else 1
    assert figures(root, kind) == [str(amount * factor) for amount in FIRST]
    once = texts(root)
    take(FIRST)
    assert texts(root) == once

    for name, text in once.items():
        moved = re.sub(kind.place[0], r"\g<1>777", text, count=1)
        (root / name).write_text(re.sub(kind.place[2], r"\g<1>888", moved, count=1), encoding="utf-8")
    assert not read(root).findings
    assert figures(root, kind) == ["777", str(1200 * factor), "888"]

    rows = take((1100, 1250, 1350))
    assert figures(root, kind) == ["777", str(1250 * factor), "888"]
    open_names = [name for row in rows for name in row["differing"]]
    kept_names = [name for row in rows for name in row["kept"]]
    third, first = (kind.place[at].split(":")[0].strip("(") for at in (2, 0))
    assert (open_names, kept_names) == ([third], [first])

    take((1100, 1250, 1350), "--theirs")
    assert figures(root, kind)[2] == str(1350 * factor)


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_what_programs_write_comes_again_with_edits_on_both_sides(
    run: Callable[..., Ran], root: Path, name: str
) -> None:
    words, table, (place, own), (old, new), wanted = OTHERS[name]

    def take(text: str) -> Ran:
        (root.parent / "export.csv").write_text(text, encoding="utf-8")
        return run("-C", root, *words, root.parent / "export.csv", "--write")

    first = take(table)
    assert first.code == 0, first.err
    once = texts(root)
    assert take(table).code == 0
    assert texts(root) == once
    here = {file: re.sub(place, own, text, count=1) for file, text in once.items()}
    assert here != once, once
    for file, text in here.items():
        (root / file).write_text(text, encoding="utf-8")
    assert take(table).code == 0
    assert texts(root) == here
    assert old in table
    moved = take(table.replace(old, new))
    assert moved.code == 0, moved.err
    text = "".join(texts(root).values())
    assert re.search(wanted, text), text
    assert re.search(own.replace(r"\g<1>", ""), text)
    assert all(word not in text for word in ("Acme", "Bolt"))
