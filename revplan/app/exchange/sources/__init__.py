"""The sources of tactics and of figures, one file each: what it is recognised by, and what its columns mean.

asana         Asana: the CSV export of a project
bamboohr      BambooHR: the report of time off that was requested or used, with amounts in days or hours
chargebee     Chargebee: invoices, and monthly recurring revenue by customer
clickup       ClickUp: the CSV export of a list
clockify      Clockify: the detailed report
datev         DATEV: a batch of bookings (Buchungsstapel, EXTF 21)
github        GitHub: issues as a table of the command line or of a project
gitlab        GitLab: the CSV export of issues
google_ads    Google Ads: a report by day or month
harvest       Harvest: the detailed time report, which names people in two columns
hubspot       HubSpot: the exports of tasks and of deals
jira          Jira: the CSV export of issues, of the cloud and of servers, and worklogs
linear        Linear: the CSV export of issues
linkedin_ads  LinkedIn Campaign Manager: a performance report by day
meta_ads      Meta Ads Manager: a report by day or month
monday        Monday: the export of a board, a workbook with the board's and the groups' names between the rows
ms_project    Microsoft Project: the tasks as a table, whose structure is in the outline levels
notion        Notion: the CSV export of a database of tasks
personio      Personio: the report of absence periods
pipedrive     Pipedrive: the export of deals, whose columns begin with "Deal - "
planner       Microsoft Planner: the workbook of a plan
quickbooks    QuickBooks Online: the profit and loss detail and the general ledger, with accounts as headings
salesforce    Salesforce: a report or list of opportunities
stripe        Stripe: invoices, and the monthly recurring revenue of each subscriber with a column for each month
table         Any table, and our own export: columns named like a field are this field
todoist       Todoist: the CSV of a project
toggl         Toggl Track: the detailed report
trello        Trello: the CSV export of a board, and its JSON export, which is brought into the columns of the CSV
xero          Xero: the report of account transactions, with accounts as headings
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.app.exchange.files import read_bytes, read_table
from revplan.app.exchange.sources.asana import ASANA
from revplan.app.exchange.sources.bamboohr import BAMBOOHR_ABSENCES
from revplan.app.exchange.sources.chargebee import CHARGEBEE_REVENUE
from revplan.app.exchange.sources.clickup import CLICKUP
from revplan.app.exchange.sources.clockify import CLOCKIFY_TIME
from revplan.app.exchange.sources.datev import DATEV_SPEND
from revplan.app.exchange.sources.github import GITHUB
from revplan.app.exchange.sources.gitlab import GITLAB
from revplan.app.exchange.sources.google_ads import GOOGLE_ADS_SPEND
from revplan.app.exchange.sources.harvest import HARVEST_TIME
from revplan.app.exchange.sources.hubspot import HUBSPOT, HUBSPOT_DEALS
from revplan.app.exchange.sources.jira import JIRA, JIRA_TIME, JIRA_TIME_SECONDS
from revplan.app.exchange.sources.linear import LINEAR
from revplan.app.exchange.sources.linkedin_ads import LINKEDIN_ADS_SPEND
from revplan.app.exchange.sources.meta_ads import META_ADS_SPEND
from revplan.app.exchange.sources.monday import MONDAY
from revplan.app.exchange.sources.ms_project import MS_PROJECT
from revplan.app.exchange.sources.notion import NOTION
from revplan.app.exchange.sources.personio import PERSONIO_ABSENCES
from revplan.app.exchange.sources.pipedrive import PIPEDRIVE_DEALS
from revplan.app.exchange.sources.planner import PLANNER
from revplan.app.exchange.sources.quickbooks import (
    QUICKBOOKS_DESKTOP,
    QUICKBOOKS_IIF,
    QUICKBOOKS_LIST,
    QUICKBOOKS_SPEND,
)
from revplan.app.exchange.sources.salesforce import SALESFORCE_DEALS
from revplan.app.exchange.sources.stripe import STRIPE_REVENUE
from revplan.app.exchange.sources.table import ANY, OWN, TABLE
from revplan.app.exchange.sources.todoist import TODOIST
from revplan.app.exchange.sources.toggl import TOGGL_TIME
from revplan.app.exchange.sources.trello import TRELLO, board_table
from revplan.app.exchange.sources.xero import XERO_SPEND
from revplan.errors import InputError
from revplan.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.source import Export, Source

SOURCES: tuple[Source, ...] = (
    OWN, JIRA, MS_PROJECT, ASANA, TRELLO, PLANNER, CLICKUP, TODOIST, MONDAY, LINEAR, GITLAB, HUBSPOT, GITHUB, NOTION,
    TABLE,
)  # fmt: skip
"""In the order in which they are tried; any table is the last."""


DEALS: tuple[Export, ...] = (HUBSPOT_DEALS, SALESFORCE_DEALS, PIPEDRIVE_DEALS, ANY)
"""Sources of deals, in the order in which they are tried."""

REVENUE: tuple[Export, ...] = (STRIPE_REVENUE, CHARGEBEE_REVENUE, ANY)
SPEND: tuple[Export, ...] = (
    DATEV_SPEND, QUICKBOOKS_SPEND, QUICKBOOKS_LIST, QUICKBOOKS_DESKTOP, QUICKBOOKS_IIF,
    XERO_SPEND, GOOGLE_ADS_SPEND, META_ADS_SPEND, LINKEDIN_ADS_SPEND,
    ANY,
)  # fmt: skip
TIME: tuple[Export, ...] = (TOGGL_TIME, CLOCKIFY_TIME, HARVEST_TIME, JIRA_TIME_SECONDS, JIRA_TIME, ANY)

ABSENCES: tuple[Export, ...] = (PERSONIO_ABSENCES, BAMBOOHR_ABSENCES, ANY)


def headers() -> tuple[str, ...]:
    """Return every header that any source is known by."""
    return tuple({header for source in SOURCES for signs in source.signs for header in signs} | {"title", "key"})


def read_tracker(file: Path) -> TableFile:
    """Read what a tracker exports: a table, or the JSON of a board.

    Raises:
        InputError: it cannot be read, or is neither.
    """
    content = read_bytes(file)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return board_table(content.decode("utf-8-sig", "replace"), file.name)
    return read_table(file, headers())


def find_source(table: TableFile, name: str | None) -> Source:
    """Return the source of a table: the one that is named, else the first that recognises it.

    Raises:
        InputError: there is none of this name.
    """
    if name is None:
        return next((source for source in SOURCES if source.recognises(table)), TABLE)
    known = {source.name: source for source in SOURCES}
    if name not in known:
        hint = did_you_mean(name, known) or f"one of {', '.join(known)}"
        raise InputError(f'no source "{name}" is known', hint=hint)
    return known[name]


def find_export(table: TableFile, exports: Sequence[Export], name: str | None) -> Export:
    """Return the export that a table of figures is: the one that is named, else the first that recognises it.

    Raises:
        InputError: there is none of this name.
    """
    if name is None:
        return next((export for export in exports if export.recognises(table)), exports[-1])
    known = {export.name: export for export in exports}
    if name not in known:
        hint = did_you_mean(name, known) or f"one of {', '.join(known)}"
        raise InputError(f'no source "{name}" is known', hint=hint)
    return known[name]
