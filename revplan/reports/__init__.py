"""Reports and agendas: each computes its data, and lays it out as a Document that any format draws.

    agenda            What all agendas have in common: timed items, to-dos, issues, and the blanks that are read
                      back
    agenda_quarter    `revplan agenda quarter`: the strategy session, a day: what the quarter brought, what comes,
                      what each commits to
    agenda_sprint     `revplan agenda sprint`: the planning of the next sprint, from what the last one taught to
                      who confirms what
    agenda_weekly     `revplan agenda weekly`: the revenue team's ninety minutes, most of them for issues
    backlog           `revplan report backlog`: the ranked backlog with where each tactic stands, and impact
                      against effort as a plot
    bottlenecks       What more of a scarce resource (hours of a member, cash) would add to a sprint: in words, as
                      a table, as data
    campaign_brief    `revplan campaign brief` and `links`: a campaign for those who make its assets, and the
                      links that they carry
    campaign_plan     `revplan campaign plan`: the work before a launch, counted back from its day
    campaigns         `revplan report campaigns`: how ready each campaign is, whom it speaks to, and whether it
                      tells one story
    capacity          `revplan report capacity`: from gross hours to plannable ones, and what the backlog asks of
                      them
    catalog           Every report, by the name the command line knows it by
    company           `revplan report company`: the functions that touch the customer, who makes up for whom,
                      whether customers stay
    diff              What differs between two states of a plan: not in its text, but in what it means and in what
                      follows from it
    diff_json         What differs between two states of a plan for programs: the versioned contract of `revplan
                      diff --format json`
    diff_layout       What differs between two states of a plan, on a page short enough for a pull request's
                      comment
    document          What a report is made of, without saying how it is drawn
    figures           What a chart shows, as figures without any drawing: where things begin and end, how many
                      there are
    forecast          `revplan report forecast`: revenue by month as a range, and the odds of each target
    frame             What every report has in common
    goals             `revplan report goals`: the funnel walked back from the goal, what the budget can buy, and
                      whether the two meet
    goals_by_month    The goals report's months, with what is created and closes in each, and the changes that
                      would make a goal green
    guide             `revplan guide` and `revplan report guide`: how far the system is set up, what is missing,
                      and what mends it
    headline          The line that heads every report and agenda: revenue, because revenue is the scoreboard
    horizon           Several sprints in a row: what each holds, when the parked have their turn, and what never
                      fits
    import_preview    What an import would bring, with values: what is new, changes, differs or is over, and which
                      columns say so
    launch_check      `revplan campaign check`: the campaigns that are to be launched, and what each still waits
                      for
    launch_list       A campaign's launch list: what is done, and what still blocks the launch
    listing           The entries of a kind as a table: what `tactic list`, `todo list` and the like show
    log               One thing's history, and what changed in an entity, in words
    look              How the pages of a company look by its settings: title, color and logo
    measured          What was measured beside what a goal assumes: told by the goals and company reports
    names             What things of the plan are called; what the plan no longer has is called by its id
    overview          The site's first page: on one screen whether revenue grows, the sprint is on course, and
                      what needs a decision
    parking_lot       `revplan report parking-lot`: what is parked, why, since when, how often, and when to look
                      at it again
    playbooks         `revplan playbook list` and `show`: playbooks as tables, by how they fit, and one of them
                      whole
    results           `revplan report results`: what was done, whether it moved its metric, and what that says of
                      the confidence in it
    revenue_pictures  Pictures of revenue and money: what came of the year so far, what may come, what is needed,
                      and what is left
    roadmap           `revplan report roadmap`: the next sprints, what each holds, when the parked have their
                      turn, and who is how full
    scoreboard        `revplan report scoreboard`: revenue by month, and the metrics that lead to it
    skills            `revplan skill list`: who has each skill at which level, and how much of it the backlog asks
                      for
    sprint_board      `revplan report sprint`: the sprint at hand, by tactic and by member, planned against
                      actual, and week by week
    sprint_brief      One page for one person: what to do in the sprint, why, by when, in what order, and who
                      waits for whom
    sprint_check      What has changed since a sprint was written, and what planning it anew changes in it
    sprint_close      What became of a sprint, told when it is closed, with how estimates turned out
    sprint_list       Every written sprint in one table
    sprint_pictures   Pictures of a sprint: hours and value burnt up against the plan, and its days
    sprint_plan       The screen a team reads in its planning meeting: what is in the sprint, who is how full, and
                      what is parked
    sprint_plan_json  A planned sprint for programs: the versioned contract of `revplan sprint plan --format json`
    sprint_show       A written sprint as it stands: planned against actual, every task, and what was parked
    sprint_status     How a sprint is going: what is done against what its dates ask for, who has too much left,
                      and what is late
    sprint_tables     Tables and sentences of a sprint that several screens show
    stack             `revplan report stack` and `stack plan`
    standing_words    Sentences on the figures that reports start from: the open pipeline, the odds, and the
                      figures that are missing
    strategy          `revplan report strategy`: what is written, what is proven, who has committed, and the work
                      behind each objective
    suggestions       What is short for a parked tactic and what would bring it in, in words and as data
    tables            A document's figures as plain tables: numbers without styling, one table for each list in
                      its data
    tactic            Why a tactic is where it is: its score, its place, what is short, and what would bring it in
    team              `revplan report team`: who there is, what each can do, who is away, and whose contract ends
    values            Values of the plan in words and as plain data, each in the unit that its field has
    verdict           How good a planned sprint is: its value against what is possible, how soon it comes, and
                      what more would add
    ways_in           What would bring a parked tactic in, as `explain` says it: who leaves, what is added, which
                      options ask
    what_if           Two plans of a sprint side by side: value, hours, cash, objectives and people, and what
                      moved
    which_sprint      Which sprint is due and why, where it is not obvious; before that, the sprints that ended
                      and are not closed
    work_pictures     Pictures of work: who has how many hours, and what campaigns, claims and tools lack
    workshop          How a workshop looks: one question on a screen, the sheet of a room, and the list of all

A report is one file: `build()` computes frozen figures from the context, and lays out the sections of a Document, which
any format draws. `catalog.py` lists the reports. `frame.py` puts the revenue line above each of them.
"""
