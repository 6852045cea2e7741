"""What a plan is: frozen models, and nothing else.

    base        What every model is made of: ids, references, and scalars whose type the schema decides
    calendar    The working calendar: the days on which a place works, and the hours that a member works on a day
    campaigns   Campaigns: one narrow target, one message, assets, metrics, a timeline and a launch list
    change      Intended edits of the plan's text
    company     The company: every function that touches the customer, and who makes up for whom
    context     What a rule or a report may look at
    days_off    Days off as a plan writes them: a member's time off, and the holidays of a company or a place
    fields      One description of a model's fields, read from their types, for the schema, references, reports
                and commands
    goals       What the year is to bring, and the money that is to bring it
    meetings    Issues, to-dos and the meetings they come from
    metrics     Metrics: what is measured, by whom, and what it drives
    money       Money: its scale, its currency, and how it is read and said
    notation    How the scalars of a plan look to an editor: pieces of JSON Schema
    numbers     The numbers of a plan, each with the notation that it is read from; and the one way to round
    personas    Whom the company speaks to, and whom it plans for
    plan        The plan: every collection, and the look-ups over them
    playbooks   Playbooks: the moulds of tactics, each with its tasks and the hours they usually take
    references  Which values of a model are ids of other things: read once from the fields' types
    schema      The plan format as a JSON Schema, generated from the models: what editors complete, explain and
                underline
    settings    The plan's settings: `revplan` in revplan.yaml
    sprints     Sprints as they are written: what was committed, what was parked and why, and how it went
    stack       The technology: tools, what passes between them, and how they are brought in
    strategy    The strategy: one Big Story, whom it is for, what sets the company apart, and the objectives
    tactics     The backlog: what could be done, what it is worth, and the tasks it is made of
    team        The team: who there is, what they can do, and when they work
    waits       How long tasks wait after what they follow, as tactics and playbooks write it
    workshops   Workshops: the questions that lead a team to a part of its plan, as data

The modules of the collections do without `from __future__ import annotations`: of annotations kept as text, pydantic
compiles every single one while the models are imported, at every start.
"""
