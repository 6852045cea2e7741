"""Use cases that guide people: workshops and playbooks to set out from, and results to learn from.

answers    Reads one answer of a workshop and checks it against the format and the plan, before it is kept
campaign_facts  Facts of a system that is set up which tell of campaigns, and what is found of any fact
campaigns  Plans the work before a campaign's launch, and writes it into the backlog
defaults   What an empty answer stands for, and where that comes from: what the plan has measured, or what was
           said before
drafts     Keeps the answers of a workshop beside the plan until they are written: what was said survives a
           broken-off session
examples   The objectives that `init` wrote as examples, and the example tactics that go with one that is not
           the company's
facts      Facts of the plan that workshops show beside their questions, by name
figures    Numbers of answers: counts, rates and hours, each checked
lists      Lists of what the plan and the answers have, and which things each of a workshop's steps is held for
naming     What things are called, by kind and id, in a workshop: those of the plan, and those that the answers
           make
outcome    Turns the answers of a workshop into changes of the plan, the same wherever the answers come from
outcomes   What workshops make of answers that fill no single field: tactics, surviving claims, commitments,
           assets, tools
personas   Which personas are whole, in words of the company's own, and which roles of a buying group none of
           those has
playbooks  Lists the playbooks of the plan and the catalogue, makes tactics from playbooks, and playbooks from
           tactics
present    Which answers of a sheet the plan has already: a sheet that is handed in twice brings nothing the
           second time
programme  `revplan guide --write`: what is not set up yet, as tactics of the backlog over eight weeks
questions  What is asked next in a workshop: which answers are known already, and how long the open questions
           take
session    A workshop that is held on a plan: the answers so far, and the fields that they fill
setup      `revplan guide`: which facts of a system that is set up hold in a plan, and what mends each that
           does not
sheet_lines  The lines of a filled-in sheet: which are answers, which the sheet said itself, and which are neither
sheets     Reads a filled-in sheet of a workshop: what is new, what the plan has already, what is needed and
           left empty
so_far     What came in so far of a fiscal year that has begun: which months are asked for, and what an answer says
           of each
steps      The questions of a workshop's steps: of each thing that a step is held for, and of each new entry
workshop   `revplan workshop NAME`: the cards of its questions, the sheet for a room, and the list of all
"""
