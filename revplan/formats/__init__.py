"""How things are drawn: one format a file.

characters/    Charts drawn in characters, for a terminal of some width; none needs colour to be read
csv_table      Rows as CSV (RFC 4180) that spreadsheets open without taking text for formulas
document_csv   A Document's figures as CSV, one table a file: numbers as they are, without currency signs or
               separators
document_json  A Document for programs: its figures, under a versioned schema
findings_json  Findings for programs: a versioned contract of its own
github         Findings as GitHub's workflow commands, which show them beside the lines of a pull request
gitlab         Findings as GitLab's code quality report
html           A Document as a page of HTML that stands alone: no script, no network, nothing beside it
ics            Days of a plan as an iCalendar file (RFC 5545), for any calendar
junit          Findings as a JUnit report: a suite a file, a test case a finding
mail           A Document as a page that survives a mail program: tables and inline styles alone, no drawing
               and no style sheet
markdown       A Document as Markdown that GitHub and GitLab draw alike: for pull requests, comments and wikis
markup         HTML made of elements, and the one style sheet of pages
mermaid        A Gantt chart as Mermaid text, which GitHub, GitLab and many wikis draw
sarif          Findings as SARIF 2.1.0, and the marks by which tools know a finding again from one run to the next
site           Many Documents as one site: an index, a page each, and the way between them on every page
svg/           Charts as inline SVG: each part is a function from a figure and a width to a drawing
table          Every output format in one table: what it is called, what its files end with, and how it draws,
               to bytes
terminal       A Document for a terminal of some width: nothing is cut, long text wraps
text           Findings for people, with colour: place, code, the line of text with what is meant underlined,
               and the way out
widths         How wide a table is at least, and so how it shows: as it is, in small letters, or row by row
xlsx           A sheet as a workbook (ECMA-376) that spreadsheets open: text is text and never a formula, days
               are days
"""
