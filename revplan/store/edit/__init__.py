"""Edits plan files by the smallest edits of their text.

amend      Applies changes to plain data: the data that a file must hold after an edit, whatever its text
           looks like
apply      Finds and makes the smallest edits of an old text that make the text hold the new data
canonical  Puts plan files into canonical order and spacing
plan       Turns changes of a plan into the smallest edits of its files' text
rename     Respells keys and values, each in its own place in the text
"""
