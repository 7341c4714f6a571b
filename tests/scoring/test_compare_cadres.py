"""Cadres beside each other (RULES P4, P5, P6)."""

import pytest

from scoring.results import Confirmed
from tests.scoring.comparing import (
    ALL_FAIR,
    ALL_GOOD,
    apart,
    cadre_year,
    cadres_compared,
    deputy,
    places,
    secretary,
    sentences,
    with_ties_parted_by,
)

pytestmark = pytest.mark.usefixtures("english")


class TestWhichRankings:
    """P4: in any ranking that holds both."""

    def test_p1_p2_p3_two_deputies_of_one_township_in_one_post(self) -> None:
        year = cadre_year(2025, deputy("1"), deputy("2", c1=ALL_GOOD), deputy("3", "T2"))
        both = [[("N1", "1 / 2"), ("N2", "2 / 2")]]
        whole = [("N1", "1 / 3"), ("N2", "3 / 3")]
        assert places(cadres_compared([year], "2", "1")) == {"township": both, "post": [whole], "county": [whole]}

    def test_p2_p3_one_post_of_different_townships(self) -> None:
        found = cadres_compared([cadre_year(2025, deputy("1"), deputy("2", "T2", c1=ALL_GOOD))], "1", "2")
        both = [[("N1", "1 / 2"), ("N2", "2 / 2")]]
        assert places(found) == {"township": [], "post": both, "county": both}
        assert apart(found, "township") == [
            ("N1", "the only one of them in the group T1"),
            ("N2", "the only one of them in the group T2"),
        ]

    def test_p3_alone_holds_a_principal_and_a_deputy(self) -> None:
        found = cadres_compared([cadre_year(2025, secretary("1"), deputy("2", c1=ALL_GOOD))], "1", "2")
        assert places(found) == {"township": [], "post": [], "county": [[("N1", "1 / 2"), ("N2", "2 / 2")]]}
        assert apart(found, "township")[0] == ("N1", "a principal: this ranking is of deputies")
        assert apart(found, "county") == []

    def test_p4_groups_of_one_ranking_stand_apart(self) -> None:
        cadres = [deputy("1"), deputy("2", c1=ALL_GOOD), deputy("3", "T2"), deputy("4", "T2", c1=ALL_GOOD)]
        found = cadres_compared([cadre_year(2025, *cadres)], "1", "2", "3", "4")
        assert places(found)["township"] == [
            [("N1", "1 / 2"), ("N2", "2 / 2")],
            [("N3", "1 / 2"), ("N4", "2 / 2")],
        ]

    def test_c3_who_is_not_graded_stands_in_no_ranking(self) -> None:
        year = cadre_year(2025, deputy("1", not_graded="5A"), deputy("2"), deputy("3", c1=ALL_GOOD))
        found = cadres_compared([year], "1", "2", "3")
        assert places(found)["county"] == [[("N2", "1 / 2"), ("N3", "2 / 2")]]
        assert apart(found, "county") == [("N1", "not graded: 5A on probation")]

    def test_nobody_is_compared_who_shares_no_year(self) -> None:
        found = cadres_compared([cadre_year(2025, deputy("1")), cadre_year(2024, deputy("2"))], "1", "2")
        assert found.rings == ()
        assert apart(found, "county") == [("N1", "the only one of them here"), ("N2", "not on the roster")]
        assert [row.difference for row in found.lines] == ["", "", "", ""]


class TestSentences:
    """Who stands higher, and by which lines."""

    def test_ahead_and_behind_with_the_points(self) -> None:
        year = cadre_year(2025, deputy("1", c3=ALL_GOOD), deputy("2", c1=ALL_FAIR))
        assert sentences(cadres_compared([year], "2", "1")) == {
            "township": [
                "N1 stands before N2 by 4.00 points: ahead in Democratic appraisal +8.00; "
                "behind in Rating by leaders −4.00."
            ],
            "post": ["N1 stands before N2 by 4.00 points."],
            "county": ["N1 stands before N2 by 4.00 points."],
        }

    def test_each_stands_before_the_next(self) -> None:
        year = cadre_year(2025, deputy("1"), deputy("2", c1=ALL_GOOD), deputy("3", c1=ALL_GOOD, c3=ALL_GOOD))
        assert sentences(cadres_compared([year], "1", "2", "3"))["township"] == [
            "N1 stands before N2 by 4.00 points: ahead in Democratic appraisal +4.00.",
            "N2 stands before N3 by 4.00 points: ahead in Rating by leaders +4.00.",
        ]

    def test_p5_a_tie_is_said(self) -> None:
        found = cadres_compared([cadre_year(2025, deputy("1"), deputy("2"))], "1", "2")
        assert sentences(found)["township"] == ["N1 and N2 share place 1 with 100.00 points each."]
        assert [cell.rank.is_tied for cell in found.rings[0].ring.years[0].cells if cell.rank] == [True, True]

    def test_p5_a_tie_that_the_chain_parts_is_said(self) -> None:
        year = cadre_year(2025, deputy("1", c1=ALL_GOOD), deputy("2", c3=ALL_GOOD), scheme=with_ties_parted_by("C1"))
        assert sentences(cadres_compared([year], "1", "2"))["county"] == [
            "N2 stands before N1 by the scheme's order for ties, both with 96.00 points."
        ]


class TestLineByLine:
    """Points of one year, the most marked."""

    def test_points_the_most_and_the_lead_of_the_first(self) -> None:
        year = cadre_year(2025, deputy("1", c1=ALL_GOOD), deputy("2"))
        found = cadres_compared([year], "1", "2")
        assert [
            (row.code, [(str(cell.line.points), cell.is_best) for cell in row.cells if cell.line], row.difference)
            for row in found.lines
        ] == [
            ("C1", [("16.00", False), ("20.00", True)], "−4.00"),
            ("C2", [("40.00", False), ("40.00", False)], "0.00"),
            ("C3", [("20.00", False), ("20.00", False)], "0.00"),
            ("C4", [("20.00", False), ("20.00", False)], "0.00"),
        ]
        assert found.lead == "−4.00"

    def test_every_number_leads_to_its_derivation(self) -> None:
        found = cadres_compared([cadre_year(2025, deputy("1"), deputy("2"))], "1", "2")
        assert [cell.line.href for cell in found.lines[0].cells if cell.line] == [
            "/years/2025/results/cadres/1/C1/",
            "/years/2025/results/cadres/2/C1/",
        ]

    def test_c3_no_line_of_who_is_not_graded(self) -> None:
        found = cadres_compared([cadre_year(2025, deputy("1", not_graded="6A"), deputy("2"))], "1", "2")
        assert [[cell.line is None for cell in row.cells] for row in found.lines] == [[True, False]] * 4
        assert [cell.is_best for row in found.lines for cell in row.cells] == [False] * 8
        assert found.lead == ""

    def test_radar_of_rates(self) -> None:
        found = cadres_compared([cadre_year(2025, deputy("1", c1=ALL_GOOD), deputy("2"))], "1", "2")
        assert found.radar is not None
        assert found.radar.series == ("N1", "N2")
        assert [
            (row.label, [(mark.value, mark.text, mark.note) for mark in row.marks if mark]) for row in found.radar.rows
        ][:2] == [
            ("Democratic appraisal", [("0.8", "80.00%", "16.00"), ("1", "100.00%", "20.00")]),
            ("Work results", [("1", "100.00%", "40.00"), ("1", "100.00%", "40.00")]),
        ]

    def test_a3_who_misses_a_line_is_not_on_the_radar(self) -> None:
        year = cadre_year(2025, deputy("1"), deputy("2"), deputy("3", tallies={}))
        found = cadres_compared([year], "1", "2", "3")
        assert found.radar is not None
        assert found.radar.series == ("N1", "N2")
        assert apart(found, "county") == [("N3", "not computable")]

    def test_the_year_asked_for_is_shown(self) -> None:
        years = [cadre_year(2025, deputy("1"), deputy("2")), cadre_year(2024, deputy("1", c1=ALL_GOOD), deputy("2"))]
        assert cadres_compared(years, "1", "2").year == 2025
        earlier = cadres_compared(years, "1", "2", year="2024")
        assert (earlier.year, earlier.lead) == (2024, "−4.00")
        assert [(link.number, link.href, link.is_here) for link in earlier.years] == [
            (2025, "/compare/cadres/?n=1&n=2&year=2025", False),
            (2024, "/compare/cadres/?n=1&n=2&year=2024", True),
        ]

    @pytest.mark.parametrize("year", ["1999", "next", "2023"])
    def test_a_year_that_holds_none_of_them_is_not_shown(self, year: str) -> None:
        years = [cadre_year(2025, deputy("1"), deputy("2")), cadre_year(2023, deputy("9"))]
        assert cadres_compared(years, "1", "2", year=year).year == 2025


class TestOverTheYears:
    """P6: place, number ranked and total of each year."""

    def test_a_year_without_a_grade_is_a_gap_with_its_reason(self) -> None:
        years = [
            cadre_year(2025, deputy("1", not_graded="6A"), deputy("2")),
            cadre_year(2024, deputy("1", c1=ALL_GOOD), deputy("2")),
        ]
        found = cadres_compared(years, "1", "2")
        county = found.rings[-1].ring
        assert [
            [(cell.rank and cell.rank.place, str(cell.total), cell.reason) for cell in year.cells]
            for year in county.years
        ] == [
            [
                (None, "None", "not graded: 6A on leave for more than half a year"),
                (None, "None", "the only one of them here"),
            ],
            [(2, "96.00", ""), (1, "100.00", "")],
        ]
        assert found.year == 2024

    def test_who_moved_is_compared_only_while_both_were_there(self) -> None:
        years = [
            cadre_year(2025, deputy("1", "T2"), deputy("2")),
            cadre_year(2024, deputy("1"), deputy("2")),
        ]
        found = cadres_compared(years, "1", "2")
        first = found.rings[0].ring
        assert (first.ranking.code, first.group) == ("township", "T1")
        assert [[cell.reason for cell in year.cells] for year in first.years] == [
            ["in another group: T2", "the only one of them here"],
            ["", ""],
        ]
        assert [[held.where for held in row.cells if held] for row in found.history] == [
            ["T2 · Deputy township head", "T1 · Deputy township head"],
            ["T1 · Deputy township head", "T1 · Deputy township head"],
        ]

    def test_places_are_drawn_earliest_first(self) -> None:
        years = [
            cadre_year(2025, deputy("1"), deputy("2", c1=ALL_GOOD)),
            cadre_year(2024, deputy("1", c1=ALL_GOOD), deputy("2")),
        ]
        chart = cadres_compared(years, "1", "2").rings[0].chart
        assert chart is not None
        assert [(row.label, [mark.text for mark in row.marks if mark]) for row in chart.rows] == [
            ("2024", ["2 / 2", "1 / 2"]),
            ("2025", ["1 / 2", "2 / 2"]),
        ]

    def test_one_year_makes_no_line(self) -> None:
        found = cadres_compared([cadre_year(2025, deputy("1"), deputy("2"))], "1", "2")
        assert [each.chart for each in found.rings] == [None, None, None]


def test_homonyms_are_called_by_their_numbers() -> None:
    year = cadre_year(2025, deputy("1", name="王伟"), deputy("2", name="王伟"), deputy("3", "T2", name="李娜"))
    found = cadres_compared([year], "1", "2", "3")
    assert [(one.label, one.detail) for one in found.subjects] == [
        ("王伟 (1)", "1 · T1 · Deputy township head"),
        ("王伟 (2)", "2 · T1 · Deputy township head"),
        ("李娜", "3 · T2 · Deputy township head"),
    ]


def test_the_decided_grade_stands_where_there_is_one() -> None:
    confirmed = Confirmed(cadre_grades={"1": "称职"})
    years = [
        cadre_year(2025, deputy("1"), deputy("2", c1=ALL_GOOD)),
        cadre_year(2024, deputy("1"), deputy("2"), confirmed=confirmed),
    ]
    found = cadres_compared(years, "1", "2")
    assert [[(held.grade, held.is_decided) for held in row.cells if held] for row in found.history] == [
        [("称职", False), ("称职", False)],
        [("称职", True), ("称职", False)],
    ]
