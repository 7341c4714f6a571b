"""The table of a rule, place → points, while a scheme is being written (RULES 1.1, T3)."""

from typing import Any

import pytest
from django.utils.translation import override

from scoring.preview import rule_preview
from tests.conftest import ClientFor


def preview_of(**query: str) -> Any:
    """In English."""
    with override("en"):
        return rule_preview(query)


@pytest.mark.parametrize(
    ("query", "points", "shared"),
    [
        ({"method": "名次百分比", "text": "步长=2%"}, ["12.00", "11.76", "11.52"], ["12.00", "11.76", "None"]),
        ({"method": "名次百分比", "text": "步长=50%;下限=60%"}, ["12.00", "7.20", "7.20"], ["12.00", "7.20", "None"]),
        ({"method": "名次分值", "text": "步长=0.5"}, ["12.00", "11.50", "11.00"], ["12.00", "11.50", "None"]),
        ({"method": "线性", "ties": "取平均"}, ["12.00", "9.60", "7.20"], ["10.80", "8.40", "None"]),
        ({"method": "", "text": ""}, ["12.00", "11.76", "11.52"], ["12.00", "11.76", "None"]),
    ],
    ids=["percent", "floor", "points", "linear with mean", "default method"],
)
def test_place_rules(query: dict[str, str], points: list[str], shared: list[str]) -> None:
    rows = preview_of(points="12", n="3", **query).rows
    assert [str(row.points) for row in rows] == points
    assert [str(row.shared) for row in rows] == shared


@pytest.mark.parametrize("method", ["与最优比", "直接计分"])
def test_rules_by_value_have_no_table(method: str) -> None:
    found = preview_of(method=method, points="12", n="3")
    assert (found.rows, found.problem) == ((), "")
    assert found.words


@pytest.mark.parametrize(
    "query",
    [
        {"method": "掷骰子", "points": "12", "n": "3"},
        {"method": "名次百分比", "text": "步长=many", "points": "12", "n": "3"},
        {"method": "名次百分比", "text": "步长", "points": "12", "n": "3"},
        {"method": "名次百分比", "points": "", "n": "3"},
        {"method": "名次百分比", "points": "12", "n": "0"},
        {"method": "名次百分比", "points": "12", "n": "9999999"},
        {"method": "名次百分比", "points": "12", "n": "3", "ties": "抓阄"},
        {},
    ],
    ids=str,
)
@pytest.mark.django_db
def test_bad_input_is_a_message_and_200(query: dict[str, str], client_for: ClientFor) -> None:
    answer = client_for("office").get("/scheme-preview/", query)
    assert answer.status_code == 200
    assert 'class="notice notice-warning"' in answer.content.decode()
