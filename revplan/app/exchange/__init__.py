"""What comes in from elsewhere, and what goes out.

absence_calendar  Absences from an iCalendar file (RFC 5545), as calendars and personnel systems give them
                  out
absences          `revplan import absences`: time off from a calendar, a personnel system, or any table, by
                  member
cells             Values of the plan's files as cells of a table, and back: every value comes back as it was
columns           What the cells of a table say: the reader that every import uses
dates             Days, weeks and months as tables of any locale write them
deal_figures      `revplan import deals`: what a CRM's deals say of a goal's year, counted by month; no
                  customer's name is kept
deal_groups       What came of deals by source, by segment and by campaign; no name that few deals share is
                  kept
deals             The rows of a CRM's export as deals: what they are worth, how they stand, and no
                  customer's name
entries           `revplan import entries`: what `export csv` and `export xlsx` wrote of any kind, edited in a
                  spreadsheet, taken back
export            `revplan export`: the plan for calendars, spreadsheets, diagrams and programs
fields            What an import asks of a table, and which of its columns says so: by the user's word, else
                  by the header
figures           Figures that a source gives the plan: what becomes of each, told from what the source said
                  last
files             Tables as they really come: encodings, separators, titles above the header, totals below
                  it, workbooks
fingerprints      What an export said, kept in its last column: so that what moved in the spreadsheet is told from what
                  moved here
grouped           Ledgers in which accounts stand as headings over their bookings, and totals below them:
                  QuickBooks and Xero
memory            What sources said last, kept beside the plan: what moved there since is told from what
                  moved here
notation          How a column of a table is written, and what its cells say
numbers           Numbers, money and durations as tables of any locale write them
plan_notation     Values in the plan's own notation, as its files write them, to be compared with what a
                  table says
public_holidays   `revplan import holidays`: a place's public holidays as dates in the settings, so that
                  reading needs no library
readings          `revplan metric import`: readings from a table of dates and values
records           Lists of what has no id of its own: who does what in a sprint, hours worked, readings,
                  revenue and spending by month
revenue           `revplan import revenue`: revenue by month, and from customers' months what was new, grew,
                  shrank and left
revenue_rows      The rows of a table of revenue, added up by customer and month
rows              The rows of a table of tactics in the plan's own notation: fields, whether they are over,
                  whose parts they are
sheet             A collection as a sheet with every field: for spreadsheets, and for `import` to take back
source            What a source is, of tactics or of figures: how its exports are recognised, and what their
                  columns mean
sources/          The sources of tactics and of figures, one file each: what it is recognised by, and what
                  its columns mean
spend             `revplan import spend`: what finance's ledger or a card's export books, by budget line and
                  month
tactic_absent     Tactics that one side alone has: taken out here since they came in, or not in the table
tactic_fields     A tactic's fields in an import: what is here, what becomes of it, and what the format refuses
tactics           `revplan import tactics`: rows of another tracker as tactics, found again by their key
                  when they come once more
tasks             The tasks of a tactic that comes from elsewhere: parts of its row, and what moves in them
time_entries      `revplan import time`: what people logged elsewhere, as spent hours by task, day and
                  person, once
totals            Which rows of a table add up others: they say so, or have no name, and their numbers are
                  sums
workbook          The rows of a workbook: of the first sheet in sight that holds anything, with what only
                  its parts tell
workbook_parts    What only the parts of a workbook tell: cells shown as per cents or money, formulas
                  without a value, hidden rows
"""
