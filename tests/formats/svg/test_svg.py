from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.formats import characters, svg
from revplan.formats.svg.canvas import ASCENT, DESCENT, LINE, fit, lines_of, spread, width_of
from revplan.formats.svg.rows import ROW
from revplan.formats.text import width as columns_of
from revplan.reports import figures
from revplan.reports.document import Bar, Outline, Tone, words
from revplan.reports.figures import ticks

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.reports.figures import Drawing

MARGIN = 32
"""What a page keeps free beside its column."""
WIDTHS = [360 - MARGIN, 800 - MARGIN, 1280 - MARGIN, svg.PHONE, svg.DESK]
DAY = date(2026, 11, 2)
LONG = "A very long name that nobody would give to anything but that somebody will, W" * 3
NAMES = {"short": "a", "long": LONG, "wide": "営業部門の四半期計画と予算の配分について", "usual": "Pricing page"}
_TEXT = re.compile(
    r'<text x="([-\d.]+)" y="([-\d.]+)"( text-anchor="(\w+)")?[^>]*>(?:<title>.*?</title>)?([^<]*)</text>'
)
_FRAME = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def say(value: float) -> str:
    return f"${value:,.0f}K"


def columns(count: int, name: str) -> Drawing:
    values = [float(10 + 7 * place % 90) for place in range(count)]
    uprights = tuple(
        figures.Upright(f"{name} {place}", value if place % 5 else None, value + 5, f"{name} {value}")
        for place, value in enumerate(values)
    )
    return figures.Columns(uprights, ticks(values, say), name)


def lines(count: int, name: str) -> Drawing:
    values = tuple(float(place * 3 % 50) for place in range(count))
    series = tuple(figures.Series(f"{name} {n}", values, is_plan=not n) for n in range(min(count, 30)))
    return figures.LineChart(tuple(f"{name} {place}" for place in range(count)), series, ticks(values, say), count // 2)


def fan(count: int, name: str) -> Drawing:
    spreads = tuple(
        figures.Spread(f"{name} {n}", n, n * 1.1, n * 1.3, n * 1.2 if n % 2 else None) for n in range(count)
    )
    values = [value for one in spreads for value in (one.low, one.high)]
    return figures.Fan(spreads, name, name, count // 3, ticks(values, say, from_zero=False))


def grid(count: int, name: str) -> Drawing:
    cells = tuple(figures.Cell(f"{n}%", n / 150) for n in range(count))
    return figures.Grid(tuple(f"{name} {n}" for n in range(count)), tuple((f"{name} {n}", cells) for n in range(count)))


def marks(count: int, name: str) -> Drawing:
    tones = list(Tone)
    rows = tuple((name, tuple(figures.Cell(name, tone=tones[n % len(tones)]) for n in range(7))) for _ in range(count))
    return figures.Grid((name,) * 7, rows)


def waterfall(count: int, name: str) -> Drawing:
    steps = [figures.WaterfallStep(name, 500, f"{name} 500", is_total=True)]
    steps += [figures.WaterfallStep(f"{name} {n}", -3 if n % 2 else 2, f"−{name}") for n in range(count)]
    return figures.Waterfall(tuple(steps))


def ranking(count: int, name: str) -> Drawing:
    return figures.Ranking(tuple(figures.Measure(f"{name} {n}", n, f"{n} {name}", n * 0.8) for n in range(count)))


def tree(count: int, name: str) -> Drawing:
    return figures.Tree(tuple(figures.TreeNode(f"{name} {n}", f"{n} {name}", n % 9, Tone.WARN) for n in range(count)))


def timeline(count: int, name: str) -> Drawing:
    stretches = tuple(
        figures.Stretch(f"{name} {n}", f"{name}, {n} h", DAY + timedelta(n % 80), DAY + timedelta(n % 90), part=0.4)
        for n in range(count)
    )
    after = tuple(figures.Stretch(name, name, DAY, DAY, after=(0,)) for _ in range(min(count, 2)))
    return figures.Gantt(DAY, DAY + timedelta(91), DAY + timedelta(30), (*stretches, *after))


def flow(count: int, name: str) -> Drawing:
    return figures.Flow(tuple(figures.Link(f"{name} {n % 17}", f"{n % 13} {name}", n, name) for n in range(count)))


def funnel(count: int, name: str) -> Drawing:
    return figures.FunnelFigure(
        tuple(figures.FunnelStage(f"{name} {n}", n + 1, f"{n} {name}", n / 2 if n % 2 else None) for n in range(count))
    )


def scatter(count: int, name: str) -> Drawing:
    points = tuple(
        figures.Point(str(n + 1) if n % 3 else "", f"{name} {n}", n * 7 % 40, n * 11 % 9) for n in range(count)
    )
    return figures.Scatter(name, name, 16, 4, (name, name, f"{name} c", f"{name} d"), points)


def together(count: int, name: str) -> Drawing:
    points = tuple(figures.Point(str(n + 1), name, 3, 3) for n in range(count))
    return figures.Scatter(name, name, 3, 3, (name,) * 4, points)


PARTS: list[Callable[[int, str], Drawing]] = [
    columns,
    lines,
    fan,
    grid,
    marks,
    waterfall,
    ranking,
    tree,
    timeline,
    flow,
    funnel,
    scatter,
    together,
]


def boxes(drawn: str) -> list[tuple[float, float, float, float, str]]:
    """Return the place of each text: left, right, top, bottom, by the model of its width."""
    found = []
    for x, y, _, anchor, said in _TEXT.findall(drawn):
        wide = width_of(unescape(said))
        left = float(x) - {"": 0, "start": 0, "middle": wide / 2, "end": wide}[anchor]
        found.append((left, left + wide, float(y) - ASCENT, float(y) + DESCENT, said))
    return found


def check_texts(drawn: str) -> None:
    frame = _FRAME.search(drawn)
    assert frame is not None
    width, height = map(float, frame.groups())
    places = boxes(drawn)
    assert len(places) == drawn.count("<text")
    for left, right, top, bottom, said in places:
        assert left >= -0.1, said
        assert right <= width + 0.1, said
        assert top >= -0.1, said
        assert bottom <= height + 0.1, said
    for one, other in combinations(places, 2):
        apart = (
            one[1] <= other[0] + 0.1 or other[1] <= one[0] + 0.1 or one[3] <= other[2] + 0.1 or other[3] <= one[2] + 0.1
        )
        assert apart, (one, other)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [0, 1, 2, 12, 200])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", PARTS)
def test_no_text_leaves_the_frame_or_lies_on_another(
    part: Callable[[int, str], Drawing], name: str, count: int, width: int
) -> None:
    check_texts(svg.draw(part(count, NAMES[name]), width))


@pytest.mark.parametrize("part", [columns, lines, fan])
@pytest.mark.parametrize("size", [(360, 120), (240, 90), (328, 150)])
def test_small_drawings_keep_their_texts_apart(part: Callable[[int, str], Drawing], size: tuple[int, int]) -> None:
    check_texts(svg.draw(part(12, "Nov"), *size))


@given(st.text(max_size=60), st.integers(0, 14), st.sampled_from(WIDTHS), st.sampled_from(PARTS))
def test_whatever_things_are_called(name: str, count: int, width: int, part: Callable[[int, str], Drawing]) -> None:
    check_texts(svg.draw(part(count, name), width))


@given(st.text(max_size=60), st.floats(0, 400))
def test_what_is_cut_has_room(said: str, room: float) -> None:
    assert width_of(fit(said, room)) <= room + 0.001


@given(st.text(), st.floats(1, 500), st.integers(1, 4))
def test_lines_of_a_text_hold_its_words_and_have_room(said: str, room: float, most: int) -> None:
    found = lines_of(said, room, most)
    assert len(found) <= most
    assert all(width_of(line) <= room + 0.001 for line in found)
    if not any(line.endswith("…") or not line for line in found):
        assert " ".join(found) == " ".join(said.split())


@given(st.lists(st.floats(0, 300), max_size=30), st.floats(1, 40))
def test_spread_names_stand_apart_between_two_ends(places: list[float], least: float) -> None:
    found = sorted(place for place in spread(places, least, 10, 200) if place is not None)
    assert all(10 - 0.001 <= place <= 200.001 for place in found)
    assert all(after - before >= least - 0.001 for before, after in pairwise(found))


@given(st.lists(st.floats(-1e9, 1e9), max_size=20), st.booleans())
def test_ticks_hold_every_value(values: list[float], from_zero: bool) -> None:
    found = ticks(values, str, from_zero=from_zero)
    known = [*values, 0.0] if from_zero else values or [0.0]
    assert found[0].value <= min(known) + 1e-6 * abs(min(known))
    assert found[-1].value >= max(known) - 1e-6 * abs(max(known))
    assert 2 <= len(found) <= 8


@pytest.mark.parametrize("width", [38, 58, 78, 118, 198])
@pytest.mark.parametrize("count", [0, 1, 2, 12, 200])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", PARTS)
def test_characters_fit_the_terminal(part: Callable[[int, str], Drawing], name: str, count: int, width: int) -> None:
    for line in characters.draw(part(count, NAMES[name]), width):
        assert columns_of("".join(run.text for run in line)) <= width


_BOX = re.compile(r'<rect class="faint area" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"')


@pytest.mark.parametrize("height", [72, 120])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", Outline)
def test_an_outline_is_inside_its_frame_and_says_nothing(kind: Outline, width: int, height: int) -> None:
    drawn = svg.outline(kind, width, height)
    frame = _FRAME.search(drawn)
    assert frame is not None
    assert tuple(map(float, frame.groups())) == (width, height)
    assert "<text" not in drawn
    assert 'class="faint' in drawn
    places = [tuple(map(float, place)) for place in _BOX.findall(drawn)]
    assert len(places) == drawn.count("<rect")
    assert all(x >= 0 and y >= 0 and x + wide <= width and y + high <= height for x, y, wide, high in places)
    way = " ".join(re.findall(r' d="M([^"]*)"', drawn)).replace("Z", "")
    assert all(0 <= float(x) <= width and 0 <= float(y) <= height for x, y in re.findall(r"([\d.]+),([\d.]+)", way))


def test_every_point_of_a_plot_is_drawn_marked_or_not() -> None:
    drawn = svg.draw(together(40, "Page"), 328)
    assert drawn.count("<circle") == 40
    marks = re.findall(r">(\d+)</text>", drawn)
    assert 2 <= len(marks) == len(set(marks)) <= 13 * 5


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30), st.integers(328, 960))
def test_marks_of_a_plot_stay_in_their_quadrants_and_cover_none(points: list[tuple[int, int]], width: int) -> None:
    marks = [figures.Point(str(number), f"p{number}", x, y) for number, (x, y) in enumerate(points)]
    drawn = svg.draw(figures.Scatter("h", "i", 5, 5, ("a",) * 4, tuple(marks)), width)
    split_x, split_y = (
        float(re.findall(rf'<line [^>]*{key}="([\d.]+)"[^>]*class="split"', drawn)[at])
        for at, key in enumerate(("x1", "y1"))
    )
    spots = {}
    for name, x, y in re.findall(
        r'<title>p(\d+)</title><circle cx="([\d.]+)" cy="([\d.]+)" r="10" class="spot"', drawn
    ):
        spots[int(name)] = (float(x), float(y))
        assert 10 <= float(x) <= width - 10
        assert 10 <= float(y) <= 310
        assert (float(x) > split_x + 0.1) == (points[int(name)][0] > 5)
        assert (float(y) < split_y + 0.1) == (points[int(name)][1] >= 5)
    assert spots
    for (x, y), (a, b) in combinations(spots.values(), 2):
        assert max(abs(x - a), abs(y - b)) >= 20 - 0.1
    assert 'class="dot"' not in drawn[drawn.index('class="spot"') :]


def test_dots_of_one_place_are_one_that_names_some() -> None:
    points = tuple(figures.Point("", f"p{number}", number // 5, 2) for number in range(7))
    drawn = svg.draw(figures.Scatter("h", "i", 1, 1, ("a",) * 4, points), svg.DESK)
    assert re.findall(r"<title>([^<]*)</title><circle", drawn) == ["p0; p1; p2; and 2 more", "p5; p6"]
    assert svg.draw(figures.Scatter("h", "i", 1, 1, ("a",) * 4, points), svg.PHONE).count("<circle") == 2


def test_what_is_committed_follows_what_is_spent_within_the_whole() -> None:
    one = figures.Measure("ads", 40, "$40 left", 50, more=20, whole=100)
    two = figures.Measure("fairs", 10, "$40 left", 50, whole=50)
    line, other = ("".join(run.text for run in each) for each in characters.draw(figures.Ranking((one, two)), 65))
    assert (line.count("█"), line.count("▒"), line.count("┃"), line.count("░")) == (20, 9, 1, 20)
    assert (other.count("█"), other.count("▒"), other.count("┃"), other.count("░")) == (5, 0, 1, 19)
    drawn = svg.draw(figures.Ranking((one,)), 500)
    places = r'" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"'
    spent, more = (re.search(rf'class="{kind}{places}', drawn) for kind in ("part", "open"))
    assert spent is not None
    assert more is not None
    assert float(more[1]) == pytest.approx(float(spent[1]) + float(spent[2]), abs=0.02)
    assert float(more[2]) == pytest.approx(float(spent[2]) / 2, abs=0.02)


def test_a_waterfall_ends_where_its_steps_lead() -> None:
    steps = (
        figures.WaterfallStep("All", 10, "10", is_total=True),
        figures.WaterfallStep("Off", -4, "−4"),
        figures.WaterfallStep("Left", 6, "6", True),
    )
    drawn = ["".join(run.text for run in line) for line in characters.draw(figures.Waterfall(steps), 40)]
    assert [line.count("█") for line in drawn] == [32, 0, 19]
    assert drawn[1].index("▒") == drawn[2].rindex("█") + 1


def test_the_same_drawing_has_the_same_bytes() -> None:
    assert svg.draw(flow(40, "tool"), 328) == svg.draw(flow(40, "tool"), 328)


def test_names_of_a_flow_take_two_lines_where_its_bands_would_be_cramped() -> None:
    told = figures.Flow((figures.Link("Bellbuoy Sequences", "Soundings Attribution", 3, "leads"),))
    for width, shown in ((svg.PHONE, ["Bellbuoy", "Sequences", "Soundings", "Attribution"]), (svg.DESK, None)):
        drawn = svg.draw(told, width)
        assert [place[4] for place in boxes(drawn)] == (shown or ["Bellbuoy Sequences", "Soundings Attribution"])
        band = re.search(r'd="M([\d.]+),[^"]* ([\d.]+),[\d.]+"', drawn)
        assert band is not None
        assert float(band[2]) - float(band[1]) > 0.3 * width


def test_each_name_beside_lines_that_end_at_one_height_has_a_stroke_like_its_line() -> None:
    series = (figures.Series("planned", (1.0, 9.0), is_plan=True), *(figures.Series(n, (2.0, 9.0)) for n in "abc"))
    drawn = svg.draw(figures.LineChart(("Mon", "Tue"), series, ticks([0, 9], say)), 600)
    names = [place for place in boxes(drawn) if place[4] in ("planned", "a", "b", "c")]
    strokes = re.findall(r'<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="[\d.]+" class="drawn (\w+)"', drawn)
    assert [kind for *_, kind in strokes] == ["planned", "line0", "line1", "line2"]
    for (left, _, top, bottom, _), (start, y, end, kind) in zip(names, strokes, strict=True):
        assert float(start) < float(end) < left
        assert top < float(y) < bottom
        assert f'class="drawn {kind}"/>' in drawn


@pytest.mark.parametrize(("width", "has_values"), [(svg.DESK, True), (svg.PHONE, False)])
def test_the_ends_of_a_fan_have_their_values_where_there_is_room(width: int, has_values: bool) -> None:
    spreads = tuple(figures.Spread(f"M{n}", 10 - n, 10 + n, 10 + 3 * n, 11.0) for n in range(4))
    told = figures.Fan(spreads, "7", "19", 1, ticks([7, 19], say), ("$19K", "$13K", "$7K", "$11K"))
    said = [place[4] for place in boxes(svg.draw(told, width))]
    full = ["9 in 10 below $19K", "median $13K", "1 in 10 below $7K", "target $11K"]
    assert [name for name in said if "in 10" in name or "median" in name or "target" in name] == (
        full if has_values else ["9 in 10", "median", "1 in 10", "target"]
    )


def test_columns_of_things_are_all_named_in_two_lines_and_those_of_times_now_and_then() -> None:
    names = ("Launch list of everything", "Missing", "Late", "Assets")
    rows = (("Any Tuesday", (figures.Cell("1"),) * 4),)
    said = " ".join(place[4] for place in boxes(svg.draw(figures.Grid(names, rows), svg.PHONE)))
    assert all(name in said for name in names[1:])
    assert "Launch" in said
    assert said.index("Launch") < said.index("list")
    days = tuple(f"{n} Dec" for n in range(20))
    over_time = figures.Grid(days, (("Any Tuesday", (figures.Cell("1", 0.5),) * 20),), is_over_time=True)
    shown = [place[4] for place in boxes(svg.draw(over_time, svg.PHONE)) if "Dec" in place[4]]
    assert 1 < len(shown) < 20
    assert set(shown) <= set(days)


def test_labels_of_a_grid_take_what_its_columns_leave() -> None:
    label = "Works a full shift at minus 25 degrees without a network"
    drawn = svg.draw(
        figures.Grid(("Gearwise", "PlantLedger maintenance"), ((label, (figures.Cell("ours"),) * 2),)), 760
    )
    assert {said for *_, said in boxes(drawn)} == {label, "Gearwise", "PlantLedger", "maintenance", "ours"}


NAMED = "Twelve interviews with those who left us this year"
CALLED: list[Drawing] = [
    figures.Ranking((figures.Measure(NAMED, 1, "12 h"),)),
    figures.Waterfall((figures.WaterfallStep(NAMED, 1, "12 h", is_total=True),)),
    figures.Tree((figures.TreeNode(NAMED, "12, green", 2, Tone.GOOD),)),
    figures.Gantt(DAY, DAY + timedelta(30), DAY, (figures.Stretch(NAMED, "12 h, Priya", DAY, DAY),)),
    figures.Grid(("Assets", "Launch list"), ((NAMED, (figures.Cell("1 of 3"), figures.Cell("2 of 8"))),)),
]


@pytest.mark.parametrize("width", [svg.PHONE, svg.DESK])
@pytest.mark.parametrize("drawing", CALLED)
def test_the_name_of_a_row_is_whole_on_a_phone_too(drawing: Drawing, width: int) -> None:
    texts = [said for *_, said in boxes(svg.draw(drawing, width))]
    assert NAMED in " ".join(texts)


@pytest.mark.parametrize("width", [80, 100, 120])
def test_one_long_name_wraps_and_moves_no_other(width: int) -> None:
    short = [f"Page {number}" for number in range(9)]
    measures = tuple(figures.Measure(name, 1, "") for name in (*short[:4], NAMED, *short[4:]))
    lines = ["".join(run.text for run in line) for line in characters.draw(figures.Ranking(measures), width)]
    assert len(lines) == 10 + (len(NAMED) > width * 2 // 5)
    bars = [line.index("█") for line in lines if "█" in line]
    assert len(bars) == 10
    assert len(set(bars)) == 1
    assert [line.split("█")[0].strip() for line in lines if line.startswith("Page")] == short


def test_a_word_without_room_stands_above_its_bar_and_moves_no_other() -> None:
    long = "x" * 50
    measures = tuple(figures.Measure(name, 1, "") for name in ("Page one", long, "Page two"))
    first, above, beside, last = (
        "".join(run.text for run in line) for line in characters.draw(figures.Ranking(measures), 80)
    )
    assert above == long
    assert beside.split("█")[0] == " " * 9
    assert [first.split("█")[0], last.split("█")[0]] == ["Page one ", "Page two "]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("drawing", CALLED)
def test_the_name_of_a_row_is_whole_on_a_terminal(drawing: Drawing, width: int) -> None:
    lines = ["".join(run.text for run in line) for line in characters.draw(drawing, width)]
    told = " ".join(re.findall(r"[A-Za-z]+", " ".join(lines)))
    assert NAMED in told.replace(" green", "") or all(word in told for word in NAMED.split())
    assert "…" not in told


@pytest.mark.parametrize("width", [40, 60, 80, 200])
@pytest.mark.parametrize("count", [1, 5, 12, 30, 31])
def test_a_time_below_a_chart_is_whole_or_left_out(count: int, width: int) -> None:
    labels = tuple(f"{place + 1} Nov" for place in range(count))
    chart = figures.LineChart(labels, (figures.Series("done", tuple(map(float, range(count)))),), ticks([40], say))
    axis = "".join(run.text for run in characters.draw(chart, width)[-2])
    assert set(re.split(r"\s{1,}(?=\d)", axis.strip())) <= set(labels)
    assert axis.split()


def _characters(drawing: Drawing, width: int) -> list[str]:
    return ["".join(run.text for run in line) for line in characters.draw(drawing, width)]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("most", [1, 3, 17, 100, 295, 4150])
def test_every_step_of_an_axis_is_as_high_as_every_other(most: int, width: int) -> None:
    chart = figures.LineChart(("a", "b"), (figures.Series("done", (0.0, float(most))),), ticks([most], say))
    lines = _characters(chart, width)
    named = [number for number, line in enumerate(lines) if re.match(r" *\S+ [│└]", line)]
    assert len({later - sooner for sooner, later in pairwise(named)}) == 1
    assert len(named) == len(ticks([most], say))
    assert lines[named[-1]].startswith(say(0).rjust(lines[0].index("│") - 1))


@pytest.mark.parametrize("width", [60, 80, 100, 140, 200])
def test_a_curve_of_thirty_days_takes_the_screen_s_width(width: int) -> None:
    chart = figures.LineChart(("d",) * 30, (figures.Series("done", (1.0,) * 30),), ticks([1.0], say))
    assert max(map(len, _characters(chart, width))) == width
    assert any("●" * (width - 10) in line for line in _characters(chart, width))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), min_size=1, max_size=40), st.integers(60, 200))
def test_marks_of_a_plot_keep_apart(points: list[tuple[int, int]], width: int) -> None:
    marks = [figures.Point(str(number), "a", x, y) for number, (x, y) in enumerate(points, 1)]
    lines = _characters(figures.Scatter("h", "i", 5, 5, ("a",) * 4, tuple(marks)), width)
    said = next(number for number, line in enumerate(lines) if line.startswith("Upward"))
    shown = re.findall(r"\d+", " ".join(lines[:said]))
    assert set(shown) <= {one.mark for one in marks}
    assert len(shown) == len(set(shown))
    hidden = re.search(r"(\d+) more have no room", " ".join(lines[said:]))
    assert len(shown) + (int(hidden[1]) if hidden else 0) == len(marks)


def test_a_legend_names_the_marks_that_are_drawn() -> None:
    work = figures.Stretch("Work", "", DAY, DAY + timedelta(9))
    plan = figures.Gantt(DAY, DAY + timedelta(9), DAY - timedelta(1), (work,))
    assert _characters(plan, 60)[-1] == "█ to do"
    done = figures.Gantt(DAY, DAY + timedelta(9), DAY, (figures.Stretch("Work", "", DAY, DAY, is_done=True),))
    assert _characters(done, 60)[-1] == "▒ done"


def test_a_row_is_as_high_as_its_own_name_asks_for() -> None:
    measures = tuple(figures.Measure(name, 1, "12 h") for name in ("Homepage", NAMED, "Homepage"))
    drawn = svg.draw(figures.Ranking(measures), svg.PHONE)
    tops = [float(y) for y in re.findall(r'<rect class="whole" x="2" y="([\d.]+)"', drawn)]
    assert [later - sooner for sooner, later in pairwise(tops)] == [ROW + 2 * LINE, ROW + LINE]


_BAR = re.compile(r'<rect class="(?:open|done|part)" x="([-\d.]+)" y="([-\d.]+)" width="([-\d.]+)" height="([-\d.]+)"')
_SPOT = re.compile(r'<path d="M([\d.]+),([\d.]+) [\d.]+,([\d.]+) ([\d.]+),[\d.]+ [^"]*Z" class="part"')


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [0, 1, 2, 12, 200])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_lies_on_no_bar_but_whole_inside_its_own(name: str, count: int, width: int) -> None:
    told = timeline(count, NAMES[name])
    assert isinstance(told, figures.Gantt)
    day = DAY + timedelta(count % 80)
    marks = (figures.Stretch(NAMES[name], "", day, day, is_moment=True),)
    drawn = svg.draw(figures.Gantt(told.start, told.end, told.today, (*marks, *told.stretches)), width)
    bars = [(x, y, x + wide, y + high) for x, y, wide, high in (map(float, found) for found in _BAR.findall(drawn))]
    spots = [(x1, top, x2, y + y - top) for x1, y, top, x2 in (map(float, found) for found in _SPOT.findall(drawn))]
    assert len(spots) == 1
    assert len(bars) >= min(count, 39)
    for left, right, top, bottom, said in boxes(drawn):
        for x1, y1, x2, y2 in (*bars, *spots):
            is_apart = right <= x1 + 0.1 or x2 <= left + 0.1 or bottom <= y1 + DESCENT or y2 <= top + DESCENT
            is_inside = x1 <= left and right <= x2
            assert is_apart or is_inside, said


def test_a_name_on_a_phone_stands_where_it_has_room() -> None:
    last = DAY + timedelta(89)
    shown = (
        figures.Stretch("Inside of what is long", "", DAY, last),
        figures.Stretch("Behind what comes soon", "", DAY, DAY + timedelta(9)),
        figures.Stretch("Before what comes late", "", last, last),
        figures.Stretch("Above what is long and done", "", DAY, last, is_done=True),
        figures.Stretch("◆ A moment of that day", "", DAY, DAY, is_moment=True),
    )
    drawn = svg.draw(figures.Gantt(DAY, last, DAY, shown), svg.PHONE)
    found = {place[4]: place for place in boxes(drawn)}
    bars = [(float(x), float(y), float(wide)) for x, y, wide, _ in _BAR.findall(drawn)]
    inside, behind, before, above = (found[name] for name in list(found)[-5:-1])
    assert bars[0][0] < inside[0] < inside[1] < bars[0][0] + bars[0][2]
    assert behind[0] > bars[1][0] + bars[1][2]
    assert before[1] < bars[2][0]
    assert above[3] < bars[3][1]
    assert "A moment of that day" in found


def test_names_on_a_desk_stand_in_a_column_and_words_beside_the_bars() -> None:
    last = DAY + timedelta(89)
    shown = tuple(
        figures.Stretch(name, f"{name[:3]} 12 h, Priya", DAY + timedelta(start), DAY + timedelta(start + 20))
        for name, start in (("Page", 0), (NAMED, 30), (f"{NAMED} and {NAMED[:20]}", 69), ("Film", 40), ("Ads", 50))
    )
    drawn = svg.draw(figures.Gantt(DAY, last, DAY, shown), svg.DESK)
    bars = [(float(x), float(x) + float(wide)) for x, _, wide, _ in _BAR.findall(drawn)]
    words_ = [place for place in boxes(drawn) if "12 h" in place[4]]
    names = [place for place in boxes(drawn) if "12 h" not in place[4] and "Nov" not in place[4]]
    assert len(words_) == len(bars) == 5
    assert all(place[0] == 2 for place in names if not place[4][0].isdigit())
    for (start, stop), (left, right, *_) in zip(bars, words_, strict=True):
        assert left > stop or right < start


_UPRIGHTS = re.compile(r'<path d="(M[^"]* v[^"]*)" class="(?:join|today|rule)"')


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [2, 12, 40])
@pytest.mark.parametrize("name", NAMES)
def test_no_upright_line_runs_through_a_text(name: str, count: int, width: int) -> None:
    stretches = tuple(
        figures.Stretch(
            f"{NAMES[name]} {n}",
            f"{n} h, {NAMES[name]}",
            DAY + timedelta(n * 7 % 60),
            DAY + timedelta(n * 7 % 60 + n % 20),
            after=tuple({n // 2, max(0, n - 7)} - {n}),
            shorter=("Priya",),
        )
        for n in range(count)
    )
    drawn = svg.draw(figures.Gantt(DAY, DAY + timedelta(79), DAY + timedelta(30), stretches), width)
    lines_ = [
        (float(x), float(y), float(y) + float(high))
        for way in _UPRIGHTS.findall(drawn)
        for x, y, high in re.findall(r"M([\d.]+),([\d.]+) v([\d.]+)", way)
    ]
    assert len(lines_) > count
    for left, right, top, bottom, said in boxes(drawn):
        for x, y1, y2 in lines_:
            assert not (left + 0.1 < x < right - 0.1 and y1 < bottom - 0.1 and y2 > top + 0.1), said


def test_words_that_have_no_room_beside_a_bar_are_fewer() -> None:
    long = figures.Stretch(
        "Page", "1 Nov - 27 Jan, Priya, Dana, Kwame", DAY, DAY + timedelta(80), part=0.5, shorter=("Priya + 2",)
    )
    drawn = svg.draw(figures.Gantt(DAY, DAY + timedelta(99), DAY - timedelta(1), (long,)), svg.DESK)
    assert [place[4] for place in boxes(drawn)][-1] == "Priya + 2"


def test_a_moment_is_a_diamond_on_its_day() -> None:
    launch = figures.Stretch("Launch", "5 Jan", DAY + timedelta(5), DAY + timedelta(5), is_moment=True)
    work = figures.Stretch("Work", "", DAY, DAY + timedelta(9))
    told = figures.Gantt(DAY, DAY + timedelta(9), DAY - timedelta(1), (work, launch))
    assert len(re.findall(r'<path d="M[^"]* Z" class="part"/>', svg.draw(told, 600))) == 1
    lines_ = ["".join(run.text for run in line) for line in characters.draw(told, 47)]
    assert lines_[2].count("◆") == 1
    assert lines_[2].index("◆") == 7 + 5 * 4


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 9)), min_size=1), st.integers(1, 99), st.integers(1, 9))
def test_every_quadrant_has_room_for_its_name(points: list[tuple[int, int]], x_split: int, y_split: int) -> None:
    drawn = svg.draw(
        figures.Scatter("h", "i", x_split, y_split, ("a",) * 4, tuple(figures.Point("", "p", x, y) for x, y in points)),
        600,
    )
    split = re.search(r'<line x1="([\d.]+)" y1="0"', drawn)
    assert split is not None
    assert 0.19 * 600 <= float(split[1]) <= 0.81 * 600


def test_a_bar_beyond_its_whole_shows_how_far() -> None:
    drawn = svg.bar(Bar("Marketing", 400, 100, words("400 of 100 h")))
    assert re.findall(r'width="([\d.]+)%"[^>]*class="(\w+)"', drawn) == [("100", "over"), ("25", "part")]
    assert re.findall(r'width="([\d.]+)%"[^>]*class="(\w+)"', svg.bar(Bar("S", 8, 0, words("")))) == [
        ("100", "over"),
        ("0", "part"),
    ]
