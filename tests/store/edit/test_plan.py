from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from revplan.errors import WriteRefusedError
from revplan.model.base import Ref
from revplan.model.change import Change, Data
from revplan.store.edit.canonical import canonical
from revplan.store.edit.plan import edit
from revplan.store.load import read, read_over

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def after(root: Path, *changes: Change, name: str = "plan.yaml") -> str:
    """Return what a file would hold after some changes."""
    return edit(read(root), changes).overlay[name].decode()


def tactic(tactic_id: str, *keys: str | int) -> Ref:
    return Ref("tactic", tactic_id, keys)


BACKLOG = """\
# The backlog.
tactics:
  # what we know best
  audit:
    title: Audit checklist   # a lead magnet
    function: marketing
    impact: 8
    tags: [a, b, c]
    tasks:
      write: {skill: writing, hours: 8}   # with Ingrid
      # needs the brand fonts
      design: {skill: design, hours: 2h}

  # sales asked for it
  roi:
    title: 'ROI'
    function: sales
    impact: 7
    tasks:
      do:
        skill: selling
        hours: 3
# the end
"""


@pytest.fixture
def backlog(make_plan: Callable[..., Path]) -> Path:
    return make_plan(BACKLOG)


def test_no_changes_edit_no_file(backlog: Path) -> None:
    assert edit(read(backlog), []).files == ()


def test_a_change_to_what_is_there_already_edits_no_file(backlog: Path) -> None:
    changes = [Change(tactic("audit", "impact"), "8"), Change(tactic("audit", "tags"), ["a", "b", "c"])]
    edits = edit(read(backlog), changes)
    assert edits.files == ()
    assert edits.diff() == ""


@pytest.mark.parametrize(
    ("ref", "value", "old", "new"),
    [
        (tactic("audit", "impact"), "9", "impact: 8", "impact: 9"),
        (tactic("audit", "title"), "A: b", "Audit checklist ", '"A: b" '),
        (tactic("audit", "title"), "", "Audit checklist ", '"" '),
        (tactic("roi", "title"), "It's", "'ROI'", "'It''s'"),
        (tactic("roi", "title"), "bell\x07", "'ROI'", '"bell\\u0007"'),
        (tactic("roi", "title"), "one\ntwo", "'ROI'", "|-\n      one\n      two"),
        (tactic("audit", "tags", 1), "x, y", "a, b, c", 'a, "x, y", c'),
        (tactic("audit", "tags", 3), "d", "a, b, c", "a, b, c, d"),
        (tactic("audit", "tags", 0), None, "a, b, c", "b, c"),
        (tactic("audit", "tags"), ["a", "c"], "a, b, c", "a, c"),
        (tactic("audit", "tags"), [], "[a, b, c]", "[]"),
        (tactic("audit", "tags"), None, "    tags: [a, b, c]\n", ""),
        (Ref("task", "audit/write", ("hours",)), "9", "hours: 8}", "hours: 9}"),
        (Ref("task", "audit/write", ("owner",)), "dana", "hours: 8}", "hours: 8, owner: dana}"),
        (Ref("task", "audit/write", ("skill",)), None, "{skill: writing, ", "{"),
        (Ref("task", "audit/write", ("hours",)), None, ", hours: 8}", "}"),
        (
            Ref("task", "audit/design"),
            None,
            "      # needs the brand fonts\n      design: {skill: design, hours: 2h}\n",
            "",
        ),
        (
            Ref("task", "audit/mail"),
            {"skill": "writing", "hours": "1"},
            "hours: 2h}\n",
            "hours: 2h}\n      mail: {skill: writing, hours: 1}\n",
        ),
        (
            Ref("task", "roi/show"),
            {"skill": "selling", "hours": "1"},
            "hours: 3\n",
            "hours: 3\n      show:\n        skill: selling\n        hours: 1\n",
        ),
        (tactic("roi", "notes"), "n #1", "hours: 3\n", 'hours: 3\n    notes: "n #1"\n'),
        (
            tactic("roi", "tasks"),
            "none",
            "tasks:\n      do:\n        skill: selling\n        hours: 3\n",
            "tasks: none\n",
        ),
        (tactic("audit", "impact"), {"a": {"b": "c"}}, "impact: 8\n", "impact:\n      a: {b: c}\n"),
        (
            tactic("new"),
            {"title": "New", "tags": ["a"]},
            "hours: 3\n",
            "hours: 3\n\n  new:\n    title: New\n    tags: [a]\n",
        ),
        (tactic("roi"), None, BACKLOG[BACKLOG.index("  # sales") : BACKLOG.index("# the end")], ""),
    ],
)
def test_a_change_touches_its_own_place_alone(backlog: Path, ref: Ref, value: Data, old: str, new: str) -> None:
    assert BACKLOG.count(old) == 1
    assert after(backlog, Change(ref, value)) == BACKLOG.replace(old, new)


def test_a_whole_entry_set_again_changes_only_what_differs(backlog: Path) -> None:
    body: Data = {
        "title": "Audit checklist",
        "function": "marketing",
        "impact": "9",
        "tags": ["a", "b", "c"],
        "tasks": {"write": {"skill": "writing", "hours": "8"}, "print": {"skill": "design", "hours": "1"}},
    }
    expected = BACKLOG.replace("impact: 8", "impact: 9").replace(
        "      # needs the brand fonts\n      design: {skill: design, hours: 2h}\n",
        "      print: {skill: design, hours: 1}\n",
    )
    assert after(backlog, Change(tactic("audit"), body)) == expected


def test_changes_build_on_those_before_them(backlog: Path) -> None:
    changes = [
        Change(tactic("new"), {"title": "New"}),
        Change(tactic("new", "impact"), "3"),
        Change(Ref("task", "new/do"), {"skill": "writing"}),
        Change(tactic("new", "title"), None),
    ]
    added = "\n  new:\n    impact: 3\n    tasks:\n      do: {skill: writing}\n"
    assert after(backlog, *changes) == BACKLOG.replace("hours: 3\n", "hours: 3\n" + added)


def test_removing_what_is_not_there_changes_nothing(backlog: Path) -> None:
    changes = [Change(tactic("none"), None), Change(tactic("roi", "tags", 2), None), Change(Ref("task", "x/y"), None)]
    assert edit(read(backlog), changes).files == ()


def test_the_last_entry_leaves_an_empty_mapping(make_plan: Callable[..., Path]) -> None:
    root = make_plan("todos:   # ours\n  a: {title: A}\n")
    assert after(root, Change(Ref("todo", "a"), None)) == "todos: {}   # ours\n"
    assert after(root, Change(Ref("todo", "a"), None), Change(Ref("todo", "b"), {"title": "B"})) == (
        "todos:   # ours\n  b:\n    title: B\n"
    )


def test_own_keys_stay_with_what_they_stand_beside(make_plan: Callable[..., Path]) -> None:
    root = make_plan("todos:\n  a: {title: A, x-mine: [1], owner: dana}\n  x-all: 1\n")
    assert after(root, Change(Ref("todo", "a"), {"title": "B"})) == "todos:\n  a: {title: B, x-mine: [1]}\n  x-all: 1\n"


def test_own_keys_are_not_written(backlog: Path) -> None:
    with pytest.raises(WriteRefusedError, match=r'tactic roi: the key "x-mine" is the user\'s own'):
        edit(read(backlog), [Change(tactic("roi"), {"x-mine": "1"})])


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_line_ends_byte_order_mark_and_an_open_last_line_are_kept(
    make_plan: Callable[..., Path], line_end: str, mark: str, end: str
) -> None:
    def spelt(text: str) -> str:
        return mark + text.replace("\n", line_end)

    root = make_plan(spelt("todos:\n  a: {title: A}\n  b:\n    title: B" + end))
    assert after(root, Change(Ref("todo", "c"), {"title": "C"})) == spelt(
        "todos:\n  a: {title: A}\n  b:\n    title: B\n  c:\n    title: C" + end
    )
    assert after(root, Change(Ref("todo", "b"), None)) == spelt("todos:\n  a: {title: A}" + end)


SHARED = "todos:\n  a: &first {title: A, owner: &who dana}\n  b: *first\n  c: {title: C, owner: *who}\n"


@pytest.mark.parametrize(
    ("ref", "value"),
    [
        (Ref("todo", "a", ("title",)), "x"),
        (Ref("todo", "a", ("owner",)), "x"),
        (Ref("todo", "a"), None),
        (Ref("todo", "a"), "x"),
        (Ref("todo", "b", ("title",)), "x"),
    ],
)
def test_an_edit_of_what_an_alias_shares_is_refused(make_plan: Callable[..., Path], ref: Ref, value: Data) -> None:
    with pytest.raises(WriteRefusedError, match="is shared by an alias"):
        edit(read(make_plan(SHARED)), [Change(ref, value)])


def test_an_alias_itself_can_be_replaced_or_removed(make_plan: Callable[..., Path]) -> None:
    root = make_plan(SHARED)
    assert after(root, Change(Ref("todo", "c", ("owner",)), "priya")) == SHARED.replace("*who", "priya")
    assert after(root, Change(Ref("todo", "b"), None)) == SHARED.replace("  b: *first\n", "")


@pytest.mark.parametrize(
    ("text", "ref", "value", "message"),
    [
        ("todos: {a: {title: A}, a: {title: B}}\n", Ref("todo", "a"), None, "plan.yaml has errors"),
        ("todos:\n  a: {title: A}\n", Ref("todo", "a", ("title", "x")), "y", 'no "x" to set in the text "A"'),
        ("todos:\n  a: {tags: [x]}\n", Ref("todo", "a", ("tags", "x")), "y", "in a list, which has no keys"),
        (
            "todos:\n  a: {tags: [x]}\n",
            Ref("todo", "a", ("tags", 5)),
            "y",
            "the list has 1 item; item 6 cannot be set",
        ),
        ("todos:\n  a: {tags: [x]}\n", Ref("todo", "a", ("tags",)), [None], "an item of a list cannot be empty"),
        ("todos:\n  a: {title: A}\n", Ref("todo", "a", ("title",)), "\ud800", "half a character"),
        ("todos:\n  ? a\n", Ref("todo", "a"), {"title": "A"}, 'the key "a" has no colon'),
        ("todos:\n  a: |\n    open", Ref("todo", "b"), {"title": "A"}, "would not say exactly what it should"),
        ("todos:\n  ? a\n  : {}\n", Ref("todo", "b"), {"title": "A"}, "would not say exactly what it should"),
    ],
)
def test_what_needs_a_hand_is_refused_with_its_place(
    make_plan: Callable[..., Path], text: str, ref: Ref, value: Data, message: str
) -> None:
    with pytest.raises(WriteRefusedError, match=r"(todo a|plan\.yaml)") as caught:
        edit(read(make_plan(text)), [Change(ref, value)])
    assert message in str(caught.value)


def test_numbers_are_no_plain_data(backlog: Path) -> None:
    with pytest.raises(TypeError, match="scalars are text"):
        edit(read(backlog), [Change(tactic("roi", "impact"), cast("Data", 3))])


def test_a_file_that_is_not_utf_8_is_refused(backlog: Path) -> None:
    (backlog / "plan.yaml").write_bytes(b"todos:\n  a: {title: caf\xe9}\n")
    loaded = read(backlog)
    with pytest.raises(WriteRefusedError, match=r"plan\.yaml is not UTF-8"):
        edit(loaded, [Change(Ref("todo", "b"), {"title": "B"}, file="plan.yaml")])


LIST_OF_ROWS = """\
meetings:
  m:
    decisions:
    - what: x
      # about who
      who: y
      when: z
    - [what, x]
"""


@pytest.mark.parametrize(
    ("keys", "value", "old", "new"),
    [
        ((0, "what"), None, "- what: x\n      # about who", "- # about who"),
        ((0,), {"when": "z"}, "- what: x\n      # about who\n      who: y\n      when", "- when"),
        ((0,), None, "    - what: x\n      # about who\n      who: y\n      when: z\n", ""),
        ((0,), "x", "what: x\n      # about who\n      who: y\n      when: z", "x"),
        ((1, 0), None, "[what, x]", "[x]"),
        ((1,), {"a": "b\nc"}, "[what, x]", "a: |-\n        b\n        c"),
        ((2,), {"what": "y"}, "[what, x]\n", "[what, x]\n    - {what: y}\n"),
    ],
)
def test_items_of_a_list_are_edited_in_their_place(
    make_plan: Callable[..., Path], keys: tuple[str | int, ...], value: Data, old: str, new: str
) -> None:
    root = make_plan(LIST_OF_ROWS)
    assert after(root, Change(Ref("meeting", "m", ("decisions", *keys)), value)) == LIST_OF_ROWS.replace(old, new)


IN_BRACES = """\
todos: {
  a: {title: A},   # first

  # about b
  b: {title: B, "due":2026-12-01, done},
  c: [one, [k: v], two]
}
"""


@pytest.mark.parametrize(
    ("ref", "value", "old", "new"),
    [
        (Ref("todo", "a"), None, "a: {title: A},   # first\n", ""),
        (Ref("todo", "c"), None, ",\n  c: [one, [k: v], two]", ""),
        (Ref("todo", "d"), {"title": "D"}, "two]\n", "two],\n  d: {title: D}\n"),
        (Ref("todo", "b", ("due",)), "2026-12-02", "12-01", "12-02"),
        (Ref("todo", "b", ("done",)), "yes", "done}", "done: yes}"),
        (Ref("todo", "b", ("at",)), "12:30", "done}", 'done, at: "12:30"}'),
        (Ref("todo", "c", (1, 0, "k")), "w", "k: v", "{k: w}"),
        (Ref("todo", "c", (1, 0, "l")), "w", "k: v", "{k: v, l: w}"),
        (Ref("todo", "c"), ["two"], "[one, [k: v], two]", "[two]"),
    ],
)
def test_entries_in_braces_are_edited_in_their_place(
    make_plan: Callable[..., Path], ref: Ref, value: Data, old: str, new: str
) -> None:
    assert after(make_plan(IN_BRACES), Change(ref, value)) == IN_BRACES.replace(old, new)


def test_a_file_in_braces_stays_in_braces(make_plan: Callable[..., Path]) -> None:
    root = make_plan("{todos: {a: {title: }}}\n")
    assert after(root, Change(Ref("todo", "a", ("due",)), "x")) == "{todos: {a: {title: , due: x }}}\n"
    assert after(root, Change(Ref("issue", "b"), {"title": "B"}, file="plan.yaml")) == (
        "{todos: {a: {title: }}, issues: {b: {title: B}}}\n"
    )


def test_a_file_left_without_its_only_key_is_an_empty_mapping(make_plan: Callable[..., Path]) -> None:
    root = make_plan({"strategy.yaml": "# ours\nstrategy:\n  vision: V\n"})
    assert after(root, Change(Ref("strategy"), None), name="strategy.yaml") == "# ours\n{}\n"


SEVERAL_LINES = """\
todos:
  a:
    title: >
      folded |+
      text

    notes: &n |+
      kept

    solution: |   # shown
        as it is
  b: {}
"""


@pytest.mark.parametrize(
    ("keys", "value", "old", "new"),
    [
        (("title",), "short", ">\n      folded |+\n      text", "short"),
        (("title",), "a\nb\n", ">\n      folded |+\n      text", "|\n      a\n      b"),
        (("solution",), "a\nb", "|   # shown\n        as it is", "|-\n        a\n        b"),
        (("solution",), "a", "|   # shown\n        as it is", "a"),
        (("solution",), None, "    solution: |   # shown\n        as it is\n", ""),
        (("owner",), "dana", "      text\n", "      text\n    owner: dana\n"),
        (("notes",), "x", "&n |+\n      kept\n\n", "x\n"),
    ],
)
def test_texts_of_several_lines_are_edited_in_their_place(
    make_plan: Callable[..., Path], keys: tuple[str, ...], value: Data, old: str, new: str
) -> None:
    root = make_plan(SEVERAL_LINES)
    assert after(root, Change(Ref("todo", "a", keys), value)) == SEVERAL_LINES.replace(old, new)


def test_what_follows_a_text_that_keeps_its_last_lines_leaves_them_alone(make_plan: Callable[..., Path]) -> None:
    text = "todos:\n  a:\n    notes: |+\n      kept\n\n\n"
    root = make_plan(text)
    assert after(root, Change(Ref("todo", "a", ("due",)), "x")) == text + "    due: x\n"


# --- where what is new goes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        (Ref("sprint", "2026-12"), "sprints/2026-12.yaml"),
        (Ref("meeting", "2026-12-07-weekly"), "meetings/2026-12-07-weekly.yaml"),
        (Ref("member", "dana"), "team.yaml"),
        (Ref("tactic", "audit"), "tactics/marketing.yaml"),
        (Ref("metric", "calls"), "metrics/marketing.yaml"),
        (Ref("objective", "grow"), "strategy.yaml"),
        (Ref("tool", "crm"), "stack.yaml"),
        (Ref("persona", "con"), "personas/con_.yaml"),
        (Ref("campaign", "com1"), "campaigns/com1_.yaml"),
    ],
)
def test_an_empty_plan_grows_into_the_recommended_tree(make_plan: Callable[..., Path], ref: Ref, name: str) -> None:
    edits = edit(read(make_plan({})), [Change(ref, {"function": "marketing"})])
    assert [(file.name, file.old) for file in edits.files] == [(name, None)]


def test_a_file_is_named_after_the_collection_where_no_function_is_given(make_plan: Callable[..., Path]) -> None:
    edits = edit(read(make_plan({})), [Change(Ref("tactic", "a"), {"title": "A", "function": "../../x"})])
    assert list(edits.overlay) == ["tactics/tactics.yaml"]


def test_a_new_sprint_gets_a_file_beside_the_others(make_plan: Callable[..., Path]) -> None:
    root = make_plan({"done/2026-10.yaml": "sprints: {2026-10: {}}\n", "done/2026-11.yaml": "sprints: {2026-11: {}}\n"})
    edits = edit(read(root), [Change(Ref("sprint", "2026-12"), {"start": "2026-12-01"})])
    assert {name: new.decode() for name, new in edits.overlay.items()} == {
        "done/2026-12.yaml": "sprints:\n  2026-12:\n    start: 2026-12-01\n"
    }


def test_a_new_entry_goes_where_most_of_its_kind_are(make_plan: Callable[..., Path]) -> None:
    root = make_plan({"a.yaml": "todos: {a: {title: A}}\n", "b.yaml": "todos: {b: {title: B}, c: {title: C}}\n"})
    assert list(edit(read(root), [Change(Ref("todo", "d"), {"title": "D"})]).overlay) == ["b.yaml"]


def test_a_new_entry_goes_where_the_change_says(make_plan: Callable[..., Path]) -> None:
    root = make_plan({"a.yaml": "# Todos of A\n", "b.yaml": "todos: {b: {title: B}}\n"})
    edits = edit(read(root), [Change(Ref("todo", "d"), {"title": "D"}, file="a.yaml")])
    assert edits.overlay == {"a.yaml": b"# Todos of A\ntodos:\n  d:\n    title: D\n"}


def test_what_is_new_together_goes_together(make_plan: Callable[..., Path]) -> None:
    one, two = Change(Ref("todo", "d"), {"title": "D"}, file="a.yaml"), Change(Ref("todo", "e"), {"title": "E"})
    assert list(edit(read(make_plan({})), [one, two]).overlay) == ["a.yaml"]
    field = Change(Ref("todo", "d", ("owner",)), "dana")
    assert edit(
        read(make_plan({})), [replace(field, file="a.yaml"), replace(field, ref=Ref("todo", "d", ("due",)))]
    ).overlay == {"a.yaml": b"todos:\n  d:\n    owner: dana\n    due: dana\n"}


def test_files_are_told_by_name_whatever_the_order_of_the_changes(make_plan: Callable[..., Path]) -> None:
    changes = [Change(Ref("member", "dana"), {"name": "D"}), Change(Ref("issue", "a"), {"title": "A"})]
    assert [file.name for file in edit(read(make_plan({})), changes).files] == ["company.yaml", "team.yaml"]


@pytest.mark.parametrize(
    "name", ["../x.yaml", "/x.yaml", "a//b.yaml", ".git/x.yaml", "x.txt", "old/x.yaml", "a\\b.yaml", "a/Aux.x.yaml"]
)
def test_a_name_that_no_plan_file_has_is_refused(make_plan: Callable[..., Path], name: str) -> None:
    root = make_plan({"revplan.yaml": "revplan: {format: 1, company: T, currency: USD, exclude: [old]}\n"})
    with pytest.raises(WriteRefusedError, match="todo a: "):
        edit(read(root), [Change(Ref("todo", "a"), {"title": "A"}, file=name)])


def test_a_file_that_is_not_the_plans_is_not_written_over(make_plan: Callable[..., Path]) -> None:
    root = make_plan({"other/revplan.yaml": "revplan: {}\n", "other/x.yaml": ""})
    with pytest.raises(WriteRefusedError, match="is there already"):
        edit(read(root), [Change(Ref("todo", "a"), {"title": "A"}, file="other/x.yaml")])


def test_an_id_that_is_none_names_no_file(make_plan: Callable[..., Path]) -> None:
    with pytest.raises(WriteRefusedError, match="is no id"):
        edit(read(make_plan({})), [Change(Ref("sprint", "../x"), {})])


def test_a_part_of_a_singleton_is_edited_where_it_stands(make_plan: Callable[..., Path]) -> None:
    a = "strategy:\n  vision: V\n  objectives: {a: {title: A}}\n"
    b = "strategy:\n  objectives:\n    b: {title: B}\n    c: {title: C}\n"
    root = make_plan({"a.yaml": a, "b.yaml": b})
    assert after(root, Change(Ref("strategy", "", ("vision",)), "W"), name="a.yaml") == a.replace("V", "W")
    assert after(root, Change(Ref("objective", "a"), None), name="a.yaml") == a.replace("{a: {title: A}}", "{}")
    assert after(root, Change(Ref("objective", "d"), {"title": "D"}), name="b.yaml") == b + "    d: {title: D}\n"
    with pytest.raises(WriteRefusedError, match=r"strategy\.objectives stands in several files: a\.yaml, b\.yaml"):
        edit(read(root), [Change(Ref("strategy", "", ("objectives",)), {})])


def test_settings_are_edited_in_their_file(make_plan: Callable[..., Path]) -> None:
    edited = after(make_plan({}), Change(Ref("revplan", "", ("sprint", "reserve")), "0.2"), name="revplan.yaml")
    assert edited == "revplan: {format: 1, company: Test, currency: USD, today: 2026-11-28, sprint: {reserve: 0.2}}\n"


NEW_KEYS = """\
company:
  functions:
    sales: {name: Sales, accountable: dana}
  # What makes up for what.
  processes: {}
todos:
  a:
    title: A

    # When it was promised.
    due: 2026-12-04
    x-ours: kept
    notes: N
  b: {title: B, due: 2026-12-04, x-ours: kept, notes: N}
"""


@pytest.mark.parametrize(
    ("ref", "value", "old", "new"),
    [
        (Ref("todo", "a", ("owner",)), "dana", "    title: A\n", "    title: A\n    owner: dana\n"),
        (Ref("todo", "a", ("status",)), "done", "kept\n    notes", "kept\n    status: done\n    notes"),
        (Ref("todo", "b", ("owner",)), "dana", "{title: B", "{title: B, owner: dana"),
        (Ref("todo", "b", ("issue",)), "slow", "kept, notes: N}", "kept, issue: slow, notes: N}"),
        (Ref("touchpoint", "bill"), {"title": "Bill"}, "dana}\n", "dana}\n  touchpoints:\n    bill: {title: Bill}\n"),
        (Ref("todo", "c"), {"due": "D", "title": "C"}, "N}\n", "N}\n  c:\n    title: C\n    due: D\n"),
    ],
)
def test_what_is_new_stands_where_the_format_names_it(
    make_plan: Callable[..., Path], ref: Ref, value: Data, old: str, new: str
) -> None:
    edited = after(make_plan(NEW_KEYS), Change(ref, value))
    assert edited == NEW_KEYS.replace(old, new)
    assert canonical(edited) == edited


# --- what is to be shown and checked before it is written --------------------------------------------------------


def test_the_diff_shows_every_file(make_plan: Callable[..., Path]) -> None:
    root = make_plan("todos:\n  a: {title: A}")
    changes = [Change(Ref("todo", "a", ("title",)), "B"), Change(Ref("member", "dana"), {"name": "Dana"})]
    assert edit(read(root), changes).diff() == (
        "--- a/plan.yaml\n+++ b/plan.yaml\n@@ -1,2 +1,2 @@\n todos:\n"
        "-  a: {title: A}\n\\ No newline at end of file\n+  a: {title: B}\n\\ No newline at end of file\n"
        "--- /dev/null\n+++ b/team.yaml\n@@ -0,0 +1,3 @@\n+team:\n+  dana:\n+    name: Dana\n"
    )


def test_the_plan_can_be_read_as_it_would_be(make_plan: Callable[..., Path]) -> None:
    root = make_plan("issues:\n  a: {title: A, raised: 2026-11-01, horizon: week}\n")
    changes = [
        Change(Ref("issue", "a", ("title",)), "B"),
        Change(Ref("sprint", "2026-12"), {"start": "2026-12-01", "end": "2026-12-31"}),
    ]
    loaded = read_over(read(root), edit(read(root), changes).overlay)
    assert loaded.plan.issues["a"].title == "B"
    assert list(loaded.plan.sprints) == ["2026-12"]
    assert loaded.home(("sprints", "2026-12")) == "sprints/2026-12.yaml"
    assert not list(root.glob("sprints"))
