"""Pure figures from a plan: periods, capacity, standing loads, progress, scores.

actuals         The revenue that is known, as one series, and where a goal's year stands by it
amounts         The amounts of money that a plan gives, each with its place, and those among them that were
                converted
bookings        Which minutes of each member's days written sprints have booked
budgets         What budget lines plan by month and year, and how spending stands against it
calibration     How past estimates turned out, by skill, and what the parking lot has held for how long
campaigns       Campaigns: whom each asset reaches, and whether everything tells one story
capacity        How many minutes each member can put into planned work, day by day
changes         What differs between two plans in what they mean, and who refers to what
colors          Contrast of colors, by the Web Content Accessibility Guidelines 2.2
commitment      What a sprint was committed to at its start, and each change to that: the first commitment
                never moves
drivers         What a forecast is drawn from: close rate, creation of opportunities, deal sizes, lag, and
                what is open now
events          Every day of the plan that belongs into a calendar: meetings, days something is due, launches
forecast        The year's revenue as a range: the same year drawn up to ten thousand times
funnel          From a year's goal to customers, opportunities, leads and money, and whether budget and
                calendar allow it
health          How every function of the company does, who makes up for whom, and how the company keeps its
                promises
launch          The work that a campaign still needs before its launch, counted back from the launch day
launch_moulds   The work that assets and launch-list items usually take, and what is waited for once they are
                made
levers          What would make goal and budget meet: the least change of one thing at a time, each worked out
measured        What was measured of the rates that a goal assumes, each with its interval, and the goal with
                these in their place
meetings        The meetings that a company holds, on which day each falls, and who is there
outcome         The outcome of a written sprint: planned against actual minutes, by tactic, member and skill
pace            A running sprint against its own dates: what is done, what should be, and who has more left
                than hours for it
payments        What tactics cost, and when: by instalments as their months come, or else at once when
                work on them begins
periods         Sprint periods, workdays and the fiscal calendar
pipeline        How many opportunities are open: one figure with its date, which forecast, coverage and
                attainment share
playbooks       Playbooks against the plan: where it is short, who could do them, what they took, and what a
                tactic of one lacks
progress        How far each tactic is, as the written sprints tell it, and what the backlog still holds
readiness       Readiness for launch: what each campaign still lacks, and who sees to it by when
recurring       Standing loads: what recurring tactics take off people's hours before anything is planned
results         Whether what was done has moved what it was to move, and what that says of the confidence in
                work like it
revenue         Revenue, the scoreboard: the last month known against its target, growth, the year to date and
                the run rate
scorecard       Metrics: the last reading against its target, its age, its trend, and the tree that ends at
                revenue
scoring         What a tactic is worth, and in which order the backlog is ranked
sprint_due      Which sprint is due: the one question that every command and report asks in the same way
stack           The technology: what it lacks, which tools do not talk, and how far each rollout is
staffing        The team's hours and skills in the coming period against what the backlog asks, and what to
                hire or buy
standing        Where each tactic stands, for every report alike
strategy        The strategy: what it lacks, which objectives run, what stands behind each, and what
                competitors claim too
targets         The year's target by month, and whether the pipeline covers what is left of the quarter's
tracking        Tagged addresses: the tracking parameters of a campaign's assets, and the links that carry
                them
unit_economics  Whether customers stay, and what one is worth against what winning it costs
waiting         How long tasks wait after what they follow, in days of the calendar
worked_days     How much everybody has logged on a day, in all sprints: nobody works more than 24 hours of one
workload        What a written sprint asks of people, and what they have for it
"""
