"""The text of plan files: parser events, scalars, the tree of entries, spans and comments.

comments  Comments with which the plan's author suppresses a finding: `# revplan: ignore[slug, …] reason`
cursor    What stands at an offset of a text: the keys that lead there, also while the line is half written
emit      Writes plain data as YAML text
events    Turns YAML text into plain data (mappings, lists and text) by the parser's events
parser    Yields the parser's events of a text, with all of YAML 1.2's plain scalars
scalars   Writes a text in YAML so that it reads back exactly, with quotes only if they are needed
spans     Finds places in the text: spans of keys and values, and the locations of findings and entries
syntax    Says what is wrong with a text that is not YAML, at the place where a person would look for it
tree      A plan file's text as a tree of entries with offsets, and as lines by offset
"""
