"""What a small company does in a year: one command a line; what stands further in goes on with the one above."""

from __future__ import annotations

from datetime import date

BEGINNING = date(2026, 12, 28)
YEAR = 2027
NO_DAYS_OFF = """\
  # Days nobody works, such as
  # holidays: {2027-01-01: New Year's Day}
  # meetings: {weekly: {day: mon, time: "09:30", minutes: 60}}
"""
DAYS_OFF = """\
  holidays: {2027-01-01: New Year's Day, 2027-03-26: Good Friday, 2027-05-17: Whit Monday, 2027-10-04: A day of our own}
  meetings: {weekly: {day: mon, minutes: 60}}
"""

COMPANY = """\
team add 'Sam Okafor' --kind employee --function sales --hours-per-week 32 --business-as-usual 20 --skill
  calls:3 --skill writing:2
team add 'Pixel Works' --kind agency --function marketing --hours-per-month 24 --rate 90 --set
  'skills={design: 4, web: 3}'
team edit ida-berg --business-as-usual 24 --set skills.design=2
team edit tom-reyes --business-as-usual 28
team time-off ida-berg 2027-02-08..2027-02-12 --reason Skiing
goal add 2027 --measure recurring --start-revenue 1.2M --target-revenue 1.5M --acv 12k --close-rate 25%
  --set close_lag=[0.2,0.5,0.3]
budget add programs --category programs --function marketing --annual 60k
persona add 'Office manager' --segment first-market --buying-role champion --goal 'A calm Monday' --pain 'It
  is down again' --channel email
objective add 'Nobody leaves in the first quarter' --id stay --owner tom-reyes --weight 1.2
metric add 'Customers who stay' --id stayers --unit % --direction up --owner tom-reyes --cadence monthly
  --target 95 --drives revenue
tool add 'Ledgerline' --id crm --category crm --owner tom-reyes --status deployed
tool add 'Siteworks' --id site --category cms --owner ida-berg --status deployed
integration add site-to-crm --from site --to crm --status live
function add Marketing --accountable ida-berg --measurable conversations
function add Sales --accountable tom-reyes --measurable revenue
process add lead-handover --owner tom-reyes --step 'Call within the hour' --step 'Book or decline'
touchpoint add 'The first invoice' --function billing --rating 3
cover add demos --for sales --by marketing --what 'Holds first demos' --since 2026-12-01 --until 2027-03-31
input add 'Office Week' --kind event --date 2027-09-06 --lead-days 60
campaign add 'Any Monday' --message 'A calm Monday' --start 2027-04-05 --end 2027-05-28 --pillar sooner
  --owner ida-berg --call-to-action 'Book a tasting' --set target.persona=office-manager --set
  metrics.conversations=12
asset add any-monday/page --channel website --owner ida-berg --due 2027-03-26 --task offer-page/build
tactic add 'Letter of the week' --id weekly-letter --function marketing --impact 6 --task
  write=writing:1:ida-berg --done-when 'It is sent' --objective more-conversations --metric conversations
  --set recurring=weekly
"""

Row = tuple[str, str, int, str]
BACKLOG: dict[int, tuple[Row, ...]] = {
    1: (
        ("Pricing page", "marketing", 7, "write=writing:8 build=web:10"),
        ("Customer stories", "marketing", 8, "interview=calls:12 write=writing:26"),
        ("Partner day", "sales", 5, "plan=writing:16 call=calls:24:sam-okafor"),
        ("Onboarding calls", "service", 8, "script=writing:4 call=calls:30"),
        ("New logo", "marketing", 3, "draw=design:40 swap=web:16"),
        ("Trade fair", "marketing", 4, "stand=design:30 staff=calls:40"),
        ("Old stock", "sales", 1, "count=counting:8"),
    ),
    2: (("Comparison page", "marketing", 7, "write=writing:12 build=web:16"), ("Demo kit", "sales", 6, "build=web:22")),
    3: (
        ("Health score", "service", 7, "define=writing:12 build=web:24"),
        ("Wall of logos", "marketing", 4, "a=design:20"),
    ),
    4: (("Webinar", "marketing", 8, "slides=design:20 hold=calls:8 follow-up=calls:22"),),
    5: (
        ("Exit interviews", "service", 6, "call=calls:34 write=writing:16"),
        ("Test drive", "sales", 7, "run=calls:36"),
        ("Billboard", "marketing", 2, "a=design:9"),
    ),
    6: (("Price calculator", "marketing", 9, "build=web:44 write=writing:16"),),
    7: (
        ("Referral scheme", "sales", 8, "write=writing:20 call=calls:26"),
        ("Handover", "sales", 7, "a=writing:9:sam-okafor"),
    ),
    8: (
        ("Office Week stand", "marketing", 9, "draw=design:24 staff=calls:30"),
        ("Summer letter", "marketing", 5, "a=writing:18"),
    ),
    9: (("Call desk handbook", "sales", 6, "write=writing:38"), ("Winter letter", "marketing", 6, "write=writing:60")),
    10: (("Renewal letters", "service", 9, "write=writing:30 call=calls:30"), ("Price test", "sales", 8, "run=web:32")),
    11: (("Year in figures", "marketing", 7, "write=writing:26 draw=design:20"),),
    12: (("Spring programme", "marketing", 8, "write=writing:42 plan=calls:26"),),
}
"""What is thought of before each month: title, function, impact and tasks."""

BEFORE: dict[int, str] = {
    2: """\
import csv {cards} --map 'done_when=Done when' --function marketing --impact 4 --skill writing --hours 6 --write
tactic edit answers-to-the-ten-questions --impact 7
team add 'Mara Lindt' --kind employee --function marketing --hours-per-week 30 --business-as-usual 10 --from
  2027-03-01 --set 'skills={design: 3, web: 3, writing: 2}'
""",
    4: """\
rename tactic webinar spring-webinar
metric import {readings} --write
campaign checklist any-monday tracking-tested landing-page-live proofread
""",
    5: """\
import csv {cards} --map 'done_when=Done when' --function marketing --impact 4 --skill writing --hours 6 --write
tactic edit trade-fair --status dropped
""",
    6: """\
tactic drop billboard
tool edit crm --renewal 2027-11-30
""",
    7: """\
team edit sam-okafor --until 2027-08-31
tactic edit handover --deadline 2027-08-31 --tier must
campaign edit any-monday --status ended
""",
    9: """\
rename member mara-lindt mara-berg
team add 'Noor Said' --kind employee --function sales --hours-per-week 32 --business-as-usual 18 --from
  2027-09-01 --set 'skills={calls: 3, writing: 2}'
cover edit demos --until 2027-09-15
""",
    10: "team edit pixel-works --hours-per-month 40\n",
    12: """\
objective edit stay --status reached
goal add 2028 --measure recurring --start-revenue 1.5M --target-revenue 1.9M --acv 12k --close-rate 25%
  --set close_lag=[0.2,0.5,0.3]
""",
}
"""What is done on the eve of a month, before it is planned."""

WITHIN: dict[int, str] = {
    1: "team time-off tom-reyes 2027-01-20..2027-01-22 --reason Flu\nsprint plan --write\n",
    3: "team time-off mara-lindt 2027-03-22 --hours 4 --reason Dentist\nsprint plan --write --drop wall-of-logos\n",
    6: "metric edit conversations --target 12\nsprint plan --write\n",
    8: "team time-off tom-reyes 2027-08-16..2027-08-27 --reason Vacation\nsprint plan --write\n",
    11: "tactic edit trade-fair --status ready --impact 2\nsprint plan --write\n",
}
"""What comes up in the middle of a month."""

CARDS = """\
Card ID,Card Name,List Name,Labels,Done when
c1,A film of the workshop,To do,marketing,It is on the site
c2,Answers to the ten questions,Doing,marketing,They are on the site
c3,A tidy address list,To do,sales,Nobody is in it twice
"""
CARDS_LATER = (
    CARDS.replace("A tidy address list", '"A tidy address list, twice a year"')
    + "c4,A map of us,To do,sales,It hangs\n"
)
READINGS = "metric,date,value\nconversations,2027-03-16,9\nstayers,2027-03-16,96\n"

FACTORS = (100, 125, 75, 100, 150, 90)
"""What tasks take of the hours planned for them, in percent, one after another."""
