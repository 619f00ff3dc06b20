"""The charts of a report, as Plotly reads them. Names that people chose are escaped: Plotly reads HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from html import escape
from typing import Any

from planner.plan import AgentsRow
from planner.report.html.shapes import Chart
from planner.report.shift_table import ShiftTable
from planner.report.voice import Voice

_CLEAR = "rgba(0,0,0,0)"
_ROW = 26
"""Pixels of a row of a heat map or of a bar."""
MOST_DAYS_WITH_NUMBERS = 14


def heat_map(table: ShiftTable, most: int, name: str, voice: Voice) -> Chart:
    """People per pattern and day of one pool; `most`, of all pools together, makes their shades compare."""
    days = [day.isoformat() for day in table.days]
    ticks = slice(None, None, max(1, len(days) // MOST_DAYS_WITH_NUMBERS))
    numbers = len(days) <= MOST_DAYS_WITH_NUMBERS
    people = table.people.tolist()
    trace = {
        "type": "heatmap",
        "x": days,
        "y": [escape(pattern) for pattern in table.patterns],
        "z": people,
        "zmin": 0,
        "zmax": max(most, 1),
        "colorscale": [[0, "--heat-0"], [0.5, "--heat-1"], [1, "--heat-2"]],
        "showscale": not numbers,
        "colorbar": {"thickness": 10, "outlinewidth": 0},
        "text": [[str(count) if count else "" for count in line] for line in people],
        "texttemplate": "%{text}" if numbers else "",
        "textfont": {"color": "--ink"},
        "xgap": 2 if numbers else 0,
        "ygap": 2,
        "customdata": [[voice.short_day(day) for day in table.days] for _ in people],
        "hovertemplate": "%{y}<br>%{customdata}: %{z}<extra></extra>",
    }
    layout = _layout(
        xaxis={
            "type": "category",
            "side": "top",
            "tickvals": days[ticks],
            "ticktext": [f"{voice.weekday(day)}<br>{day.day}" for day in table.days[ticks]],
            "showgrid": False,
            "fixedrange": True,
            "ticks": "",
        },
        yaxis={
            "type": "category",
            "autorange": "reversed",
            "automargin": True,
            "showgrid": False,
            "fixedrange": True,
            "ticksuffix": "  ",
            "ticks": "",
        },
        margin={"l": 8, "r": 8, "t": 40, "b": 8},
    )
    label = f"{voice.labels['people per shift']}: {table.pool}"
    return Chart(name, label, (trace,), layout, 52 + _ROW * max(1, len(table.patterns)))


def staffing(rows: Sequence[AgentsRow], interval: timedelta, name: str, voice: Voice) -> Chart:
    """Agents needed and planned of one queue as step lines; between them surplus pale and shortage strong."""
    times, needed, planned = _steps(rows, interval)
    both = [min(pair) for pair in zip(needed, planned, strict=True)]
    line = {"type": "scatter", "mode": "lines", "x": times}
    base = line | {"y": both, "line": _step(0, _CLEAR), "hoverinfo": "skip", "showlegend": False}
    between = line | {"fill": "tonexty", "line": _step(0, _CLEAR), "hoverinfo": "skip"}
    labels = voice.labels
    over = between | {"y": planned, "fillcolor": "--surplus", "name": labels["surplus"]}
    under = between | {"y": needed, "fillcolor": "--shortage", "name": labels["shortage"]}
    shown = line | {"hovertemplate": "%{y:.1f}"}
    have = shown | {"y": planned, "line": _step(1.5, "--planned"), "name": labels["agents planned"]}
    need = shown | {"y": needed, "line": _step(1.5, "--needed"), "name": labels["agents needed"]}
    layout = _layout(
        hovermode="x unified",
        xaxis={"type": "date", "hoverformat": "%Y-%m-%d %H:%M", "gridcolor": "--rule", **_ticks(rows, voice)},
        yaxis={
            "rangemode": "tozero",
            "gridcolor": "--rule",
            "zeroline": False,
            "automargin": True,
            "fixedrange": True,
        },
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        margin={"l": 8, "r": 8, "t": 36, "b": 8},
        showlegend=True,
    )
    label = f"{labels['needed against planned']}: {rows[0].queue}"
    return Chart(name, label, (base, over, base, under, have, need), layout, 300)


def cost_bars(names: Sequence[str], amounts: Sequence[float], said: Sequence[str], voice: Voice) -> Chart:
    """Money by item; `said` is what stands at the end of each bar."""
    trace = _bars(names, amounts, said) | {"marker": {"color": "--bar"}}
    layout = _layout(
        xaxis={"visible": False, "fixedrange": True, "range": _room(amounts)},
        yaxis=_bar_axis(),
        bargap=0.35,
    )
    return Chart("chart-costs", voice.labels["cost by item"], (trace,), layout, 24 + 30 * max(1, len(names)))


def share_bars(queues: Sequence[str], offered: Sequence[float], kept: Sequence[float], voice: Voice) -> Chart:
    """What AI is offered of each queue, and what of that it keeps."""
    labels = voice.labels
    first = _bars(queues, offered, [voice.percent(share) for share in offered])
    second = _bars(queues, kept, [""] * len(kept)) | {"hovertext": [voice.percent(share) for share in kept]}
    traces = (
        first | {"name": labels["ai share"], "marker": {"color": "--bar-pale"}},
        second | {"name": labels["contained"], "marker": {"color": "--bar"}},
    )
    layout = _layout(
        barmode="overlay",
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        xaxis={
            "range": [0, 1.1],
            "tickformat": ".0%",
            "dtick": 0.25,
            "gridcolor": "--rule",
            "fixedrange": True,
        },
        yaxis=_bar_axis(),
        bargap=0.35,
        margin={"l": 8, "r": 8, "t": 36, "b": 28},
    )
    return Chart("chart-ai", labels["ai share"], traces, layout, 84 + 34 * max(1, len(queues)))


def _steps(rows: Sequence[AgentsRow], interval: timedelta) -> tuple[list[str], list[float], list[float]]:
    """Points of two step lines that fall to 0 where the queue is closed; wall-clock times."""
    times, needed, planned = list[str](), list[float](), list[float]()
    ends = [datetime.fromisoformat(row.start) + interval for row in rows]
    starts = [datetime.fromisoformat(row.start) for row in rows]
    for row, end, following in zip(rows, ends, [*starts[1:], None], strict=True):
        times.append(row.start[:16])
        needed.append(round(row.needed, 3))
        planned.append(round(row.planned, 3))
        if following != end:
            times.append(end.isoformat()[:16])
            needed.append(0.0)
            planned.append(0.0)
    return times, needed, planned


def _ticks(rows: Sequence[AgentsRow], voice: Voice) -> dict[str, Any]:
    """A tick a day with the weekday's name; on one day the hours."""
    days = sorted({date.fromisoformat(row.start[:10]) for row in rows})
    if len(days) <= 2:
        return {"tickformat": "%H:%M"}
    shown = days[:: max(1, len(days) // MOST_DAYS_WITH_NUMBERS)]
    return {
        "tickvals": [f"{day.isoformat()} 00:00" for day in shown],
        "ticktext": [f"{voice.weekday(day)} {day.day}" for day in shown],
        "ticklabelposition": "outside right",
    }


def _bars(names: Sequence[str], values: Sequence[float], said: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "y": [escape(name) for name in names],
        "x": [round(value, 6) for value in values],
        "text": list(said),
        "hovertext": list(said),
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y}: %{hovertext}<extra></extra>",
    }


def _bar_axis() -> dict[str, Any]:
    return {
        "type": "category",
        "autorange": "reversed",
        "automargin": True,
        "showgrid": False,
        "ticksuffix": "  ",
        "ticks": "",
        "fixedrange": True,
    }


def _room(amounts: Sequence[float]) -> list[float]:
    """From the least to the most, with room for the words at a bar's end."""
    low, high = min([*amounts, 0.0]), max([*amounts, 0.0])
    return [1.35 * low, 1.35 * high or 1.0]


def _step(width: float, colour: str) -> dict[str, Any]:
    return {"shape": "hv", "width": width, "color": colour}


def _layout(**more: Any) -> Mapping[str, Any]:
    common: dict[str, Any] = {
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "font": {"family": "--font", "size": 12, "color": "--ink"},
        "paper_bgcolor": _CLEAR,
        "plot_bgcolor": _CLEAR,
        "showlegend": False,
        "separators": ".,",
        "hoverlabel": {"bgcolor": "--card", "bordercolor": "--rule", "font": {"color": "--ink"}},
    }
    return common | more
