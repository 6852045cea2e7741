"""Use cases for assistants: the plan over the Model Context Protocol, with the same use cases as the commands.

arguments  Arguments of an assistant's tools: the types that they may have, their JSON Schema, and how they are
           checked
reading    Tools that read: the plan at a glance, entries, reports, agendas, manuals, references, differences,
           histories
resources  Resources: the manual, the schema, and each report and agenda as Markdown, by address
server     Serves the tools, resources and prompts over the Model Context Protocol, on standard input and output
tool       What a tool of an assistant is, the plan as its tools see it, and how a call is answered
"""
