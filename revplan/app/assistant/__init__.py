"""Use cases for assistants: the plan over the Model Context Protocol, with the same use cases as the commands.

arguments  Arguments of an assistant's tools: the types that they may have, their JSON Schema, and how they are
           checked
asking     Tools that ask: is the plan sound, what fits into the sprint, what if, what is scarce, where the year
           will end
change     One way to write for every tool that edits: the change is computed and checked, shown, and written if it
           is asked
pages      Tools that read pages of their own: sprints, skills, playbooks, and the sheets of workshops
prompts    Prompts: how to prepare the weekly meeting, groom the backlog and hold a workshop with the tools there are
reading    Tools that read: the plan at a glance, entries, reports, agendas, manuals, references, differences,
           histories
resources  Resources: the manual, the schema, and each report and agenda as Markdown, by address
server     Serves the tools, resources and prompts over the Model Context Protocol, on standard input and output
sprints    Tools that write the sprint's life, meetings, workshops, and the work that guides propose; dry runs by
           default
tool       What a tool of an assistant is, the plan as its tools see it, and how a call is answered
writing    Tools that edit: entries, settings and ids, what a week brings, and files' spelling; each is a dry run by
           default
"""
