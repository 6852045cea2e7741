"""Writes files under a lock and with a journal, so that a write happens as a whole or not at all.

edits        Planned edits of files: the old and new bytes of each, before anything is written
journal      The sealed journal of a write: which files to replace
lock         The plan's lock, and the disk operations that tests can replace to simulate failures
logo         Reads the picture that the settings name for the head of pages: from the plan's folder alone, and
             never by a link
new_plan     Writes a new plan and the files for other programs beside it in one transaction
output       Writes output files for other programs: atomically, never through a link, never over a plan's
             file
signals      Holds back the signals that end a process while files are written
text_diff    Differences of texts, line by line, in the unified format: in step with their length, however much
             differs
transaction  Writes edits to the disk in one transaction: all of them or none, even if the process is killed
             in the middle
written      What this process writes to plans: its command line, the files in place, and the folder of a
             write under way
"""
