"""The only owner of plan files, of YAML and of git.

    cache      What the files of one reading were read as, so that the next reading parses only the files that changed
    catalogue  The playbooks that ship with revplan, one plan file each, read on demand
    disk/      Writes files under a lock and with a journal, so that a write happens as a whole or not at all
    edit/      Edits plan files by the smallest edits of their text
    files      Which files make the plan, and where their text comes from: the disk, an overlay, or a git revision
    git/       Reads a plan's past from git
    ids        The ids in a plan's files, found by a scan of their lines, fast enough for shell completion
    jargon     The words of other tools: for keys, and for values that are one of several words
    load       Reads a plan from its files
    loaded     A plan as it was read: the file of each part, the faults found, and the merged data of all files
    shape      Turns pydantic's validation errors of a broken entry into findings of the plan's text
    ways_out   What to write for values that people usually write otherwise, by what is expected
    workshops  The workshops that ship with revplan, one file of data each, read on demand
    yaml/      The text of plan files: parser events, scalars, the tree of entries, spans and comments

Reading: `files` finds the files, `yaml` turns their text into plain data, `load` merges the data and builds the model,
and reports each fault instead of stopping at it. Writing: `edit` turns changes into the smallest edits of the text, and
`disk` replaces the files in one transaction.
"""
