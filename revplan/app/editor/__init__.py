"""`revplan lsp`: what an editor is told of a plan while it is typed, by the rules and functions of the commands.

actions     Code actions: the fixes of `validate --fix`, what was probably meant, ignoring a finding, and rollout stages
commands    The commands on sprints that an editor may run: plan, status and close. None of them writes a file
completion  Completion: keys with what they mean, required ones first; words, ids with their titles, skills and dates
edits       Edits of plan files as edits that the client makes: the server writes no file
findings    Findings as the diagnostics of the language server protocol
hints       What an editor shows between the lines: hours and score of tactics, commands on sprints, addresses of pages
hover       Hover: the manual of a key, what a thing of the plan is, and why something is found there
meaning     What a key or a value means: its field and type in the format, and the thing of the plan that it names
navigation  Where things stand: definition, references and rename, the outline of a file, symbols and folding
positions   Positions of the language server protocol, and offsets in a text
protocol    The protocol on a pipe: every message is checked, and answered whatever it says
server      The language server: which function answers which request
summaries   What a thing of the plan is, in a line and in a few, by the reports' figures: for completion and hover
workspace   The plans of an editor's open files: buffers over the files on disk, read and checked again when they change

This package imports pygls and lsprotocol, which come with the extra `revplan[lsp]`; no other part of revplan does.
"""
