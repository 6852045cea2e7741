"""`revplan lsp`: what an editor is told of a plan while it is typed, by the rules and functions of the commands.

findings   Findings as the diagnostics of the language server protocol
positions  Positions of the language server protocol, and offsets in a text
protocol   The protocol on a pipe: every message is checked, and answered whatever it says
server     The language server: which function answers which request
workspace  The plans of an editor's open files: buffers over the files on disk, read and checked again when they change

This package imports pygls and lsprotocol, which come with the extra `revplan[lsp]`; no other part of revplan does.
"""
