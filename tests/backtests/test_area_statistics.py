"""What the publishers printed of England and its authorities, against the tables: each source in the test's name."""

from datetime import date
from typing import Any

import duckdb
import pytest

CLA = "children_looked_after"


def one(con: duckdb.DuckDBPyConnection, query: str, *values: object) -> Any:
    row = con.execute(query, list(values)).fetchone()
    assert row is not None
    return row[0] if len(row) == 1 else row


ENGLAND = {
    "children_in_need": {
        2013: 378_030, 2015: 390_130, 2018: 404_710, 2020: 389_260, 2021: 388_490, 2022: 404_310, 2023: 403_090,
        2024: 399_460, 2025: 402_400,
    },
    "child_protection_plans": {
        2013: 43_140, 2015: 49_690, 2018: 53_790, 2020: 51_510, 2021: 50_010, 2022: 50_920, 2023: 50_780,
        2024: 49_900, 2025: 49_420,
    },
    "looked_after": {2021: 80_780, 2022: 82_090, 2023: 83_750, 2024: 83_530, 2025: 81_770},
    "looked_after_rate": {2021: 69, 2022: 70, 2023: 70, 2024: 69, 2025: 67},
    "population_0_17": {2025: 12_183_016},
}  # fmt: skip


@pytest.mark.parametrize(("measure", "year"), [(m, y) for m, years in ENGLAND.items() for y in years])
def test_england_as_printed_in_the_releases_of_2025(
    statistics: duckdb.DuckDBPyConnection, measure: str, year: int
) -> None:
    found = one(
        statistics,
        "SELECT value FROM area_statistics WHERE la_code = 'ENG' AND measure = ? AND time_period = ? AND is_current",
        measure,
        year,
    )
    assert found == ENGLAND[measure][year]


def test_england_2015_has_every_print_beside_the_first(statistics: duckdb.DuckDBPyConnection) -> None:
    prints = statistics.execute(
        "SELECT release, value FROM area_statistics WHERE la_code = 'ENG' AND measure = 'looked_after' "
        "AND time_period = 2015 AND NOT is_derived AND source_id <> 'lait' ORDER BY published, release"
    ).fetchall()
    assert prints == [
        ("SFR34/2015", 69_540),
        ("SFR34/2015 local authority tables", 69_540),
        ("SFR41/2016 local authority tables", 69_480),
        ("2024", 69_460),
    ]


SHARES = {
    "care_leavers_19_21_eet_pct": {
        2014: 45.2, 2015: 47.8, 2017: 49.6, 2018: 51, 2019: 52, 2020: 53, 2021: 52, 2022: 55, 2023: 56, 2024: 54,
        2025: 54,
    },
    "care_leavers_19_21_suitable_pct": {
        2014: 78.5, 2015: 80.8, 2017: 83.6, 2018: 84, 2019: 85, 2020: 85, 2021: 88, 2022: 88, 2023: 88, 2024: 88,
        2025: 89,
    },
}  # fmt: skip


@pytest.mark.parametrize(("measure", "year"), [(m, y) for m, years in SHARES.items() for y in years])
def test_england_care_leavers_of_every_release(
    statistics: duckdb.DuckDBPyConnection, measure: str, year: int
) -> None:
    found = one(
        statistics,
        "SELECT value FROM area_statistics WHERE la_code = 'ENG' AND measure = ? AND time_period = ? AND is_current",
        measure,
        year,
    )
    assert round(found, 1) == SHARES[measure][year]


# Authorities whose figure changed from one release to the next, among those in both.
CHANGED = [
    ("looked_after", 2019, "2022", "2023", 4),
    ("looked_after", 2020, "2022", "2023", 3),
    ("looked_after", 2021, "2022", "2023", 8),
    ("looked_after", 2022, "2022", "2023", 72),
    ("looked_after", 2020, "2023", "2024", 4),
    ("looked_after", 2021, "2023", "2024", 5),
    ("looked_after", 2022, "2023", "2024", 18),
    ("looked_after", 2021, "2024", "2025", 6),
    ("looked_after", 2022, "2024", "2025", 6),
    ("looked_after", 2023, "2023", "2024", 90),
    ("looked_after", 2023, "2024", "2025", 14),
    ("looked_after", 2024, "2024", "2025", 74),
    ("looked_after_rate", 2023, "2023", "2024", 39),
    ("looked_after_rate", 2023, "2024", "2025", 30),
    ("looked_after_rate", 2024, "2024", "2025", 74),
    ("population_0_17", 2023, "2024", "2025", 152),
    ("population_0_17", 2024, "2024", "2025", 153),
    ("started", 2022, "2022", "2023", 46),
    ("started", 2023, "2023", "2024", 57),
    ("started", 2024, "2024", "2025", 50),
    ("ceased", 2022, "2022", "2023", 60),
    ("ceased", 2023, "2023", "2024", 77),
    ("ceased", 2024, "2024", "2025", 63),
    # 17 numbers and two suppressed cells that became numbers, or the other way round; the guide counted 18 and 22.
    ("adoptions", 2022, "2022", "2023", 19),
    ("adoptions", 2023, "2023", "2024", 23),
    ("sgo", 2022, "2022", "2023", 17),
    ("sgo", 2023, "2023", "2024", 22),
    ("placements_3plus", 2022, "2022", "2023", 88),
    ("placements_3plus", 2023, "2023", "2024", 89),
    ("placements_3plus", 2024, "2024", "2025", 86),
    ("care_leavers_19_21_eet_pct", 2019, "2022", "2023", 1),
    ("care_leavers_19_21_eet_pct", 2020, "2022", "2023", 2),
    ("care_leavers_19_21_eet_pct", 2022, "2022", "2023", 1),
    ("care_leavers_19_21_eet_pct", 2023, "2023", "2024", 3),
    ("care_leavers_19_21_eet_pct", 2021, "2024", "2025", 3),
    ("care_leavers_19_21_eet_pct", 2023, "2024", "2025", 4),
    ("care_leavers_19_21_eet_pct", 2024, "2024", "2025", 6),
]


@pytest.mark.parametrize(("measure", "year", "before", "after", "count"), CHANGED)
def test_revisions_between_releases_of_children_looked_after(
    statistics: duckdb.DuckDBPyConnection, measure: str, year: int, before: str, after: str, count: int
) -> None:
    prints = """SELECT la_code, value, value_status FROM area_statistics WHERE measure = $measure
        AND time_period = $year AND geographic_level = 'Local authority' AND source_id = 'children_looked_after'
        AND NOT is_derived AND release = $release
        QUALIFY row_number() OVER (PARTITION BY la_code ORDER BY rank DESC) = 1"""
    tables = [
        {
            r[0]: r[1:]
            for r in statistics.execute(prints, {"measure": measure, "year": year, "release": r}).fetchall()
        }
        for r in (before, after)
    ]
    changed = [code for code in tables[0] if code in tables[1] and tables[0][code] != tables[1][code]]
    assert len(changed) == count


def test_looked_after_differs_from_the_rounded_tables_beyond_rounding(
    statistics: duckdb.DuckDBPyConnection,
) -> None:
    found = statistics.execute(
        """SELECT first.time_period, count(*) FILTER (abs(first.value - rounded.value) > 2.5)
        FROM area_statistics AS first
        INNER JOIN area_statistics AS rounded USING (measure, geographic_level, la_code, time_period)
        WHERE measure = 'looked_after' AND geographic_level = 'Local authority' AND first.release LIKE 'SFR__/____'
            AND rounded.release = CASE time_period WHEN 2015 THEN 'SFR41/2016 local authority tables'
                WHEN 2016 THEN 'SFR41/2016 local authority tables' ELSE 'SFR34/2015 local authority tables' END
        GROUP BY 1 ORDER BY 1"""
    ).fetchall()
    assert found == [(2011, 54), (2012, 46), (2013, 43), (2014, 49), (2015, 37), (2016, 0)]


EXAMPLES = [
    ("882", "looked_after", 2022, [327, 314]),
    ("873", "adoptions", 2023, [15, 30]),
    ("850", "looked_after", 2024, [1917, 1893]),
    ("201", "looked_after_rate", 2023, [152, 107, 91]),
    ("371", "placements_3plus", 2023, [32, 49]),
    ("884", "placements_3plus", 2022, [21, 38, 39]),
    ("341", "looked_after", 2012, [899, 930]),
    ("840", "looked_after", 2011, [522, 535]),
    ("384", "care_leavers_19_21_eet_pct", 2021, [57, 61]),
    ("330", "started", 2022, [756, 766, 770]),
]


@pytest.mark.parametrize(("la_code", "measure", "year", "values"), EXAMPLES)
def test_examples_of_revisions(
    statistics: duckdb.DuckDBPyConnection, la_code: str, measure: str, year: int, values: list[float]
) -> None:
    prints = [
        row[0]
        for row in statistics.execute(
            "SELECT value FROM area_statistics WHERE la_code = ? AND measure = ? AND time_period = ? "
            "AND NOT is_derived AND source_id <> 'lait' AND source_kind = 'statistics' ORDER BY published, release",
            [la_code, measure, year],
        ).fetchall()
    ]
    assert list(dict.fromkeys(prints)) == values
    first, latest = one(
        statistics,
        "SELECT first_value, latest_value FROM revisions WHERE la_code = ? AND measure = ? AND time_period = ?",
        la_code,
        measure,
        year,
    )
    assert (first, latest) == (values[0], values[-1])


DISTANCES = {
    ("looked_after", "SFR27/2010", 2010): -22, ("looked_after", "SFR21/2011", 2011): 4,
    ("looked_after", "SFR20/2012", 2012): 3, ("looked_after", "SFR36/2013", 2013): -2,
    ("looked_after", "SFR36/2014", 2014): -4, ("looked_after", "SFR34/2015", 2015): 2,
    ("looked_after", "SFR41/2016", 2016): 3, ("looked_after", "SFR50/2017", 2017): -1,
    ("looked_after", "2022", 2018): 3, ("looked_after", "2023", 2019): 1, ("looked_after", "2024", 2020): -2,
    ("looked_after", "2025", 2021): -4, ("looked_after", "2025", 2022): -2, ("looked_after", "2025", 2023): 0,
    ("looked_after", "2025", 2024): -1, ("looked_after", "2025", 2025): -4,
    ("started", "SFR27/2010", 2010): -56, ("ceased", "SFR27/2010", 2010): -93,
    ("adoptions", "SFR21/2011", 2011): -49, ("adoptions", "SFR20/2012", 2012): -43,
    ("adoptions", "SFR36/2013", 2013): -30, ("adoptions", "SFR36/2014", 2014): -16,
    ("adoptions", "SFR34/2015", 2015): -15, ("adoptions", "2022", 2018): -41, ("adoptions", "2023", 2019): -53,
    ("adoptions", "2024", 2020): -52, ("adoptions", "2024", 2021): -76, ("adoptions", "2024", 2022): -86,
    ("adoptions", "2024", 2023): -83, ("adoptions", "2024", 2024): -76,
    ("adoptions_unopposed", "SFR27/2010", 2010): -146, ("adoptions_consent_dispensed", "SFR27/2010", 2010): -140,
    ("adoptions_unopposed", "SFR41/2016", 2016): -140, ("adoptions_consent_dispensed", "SFR41/2016", 2016): -113,
    ("adoptions_unopposed", "SFR50/2017", 2017): -95, ("adoptions_consent_dispensed", "SFR50/2017", 2017): -135,
    ("sgo", "2022", 2018): -67, ("sgo", "2024", 2024): -44,
    ("child_protection_plans", "2025", 2013): -630, ("child_protection_plans", "2025", 2021): -248,
    ("child_protection_plans", "2025", 2022): -252, ("child_protection_plans", "2025", 2024): -1050,
    ("children_in_need", "2025", 2013): -10672, ("children_in_need", "2025", 2014): -3586,
    ("children_in_need", "2025", 2021): -3093, ("children_in_need", "2025", 2022): -3093,
    ("children_in_need", "2025", 2024): -9368,
    ("uasc", "SFR21/2011", 2011): -122, ("uasc", "SFR50/2017", 2017): -94,
    ("cases", "2025", 2024): 314_669 - 320_461,
}  # fmt: skip


@pytest.mark.parametrize(("measure", "release", "year"), DISTANCES)
def test_authorities_sum_against_england(
    statistics: duckdb.DuckDBPyConnection, measure: str, release: str, year: int
) -> None:
    distance = one(
        statistics,
        "SELECT distance FROM england_sums WHERE measure = ? AND release = ? AND time_period = ?",
        measure,
        release,
        year,
    )
    assert round(distance, 3) == DISTANCES[(measure, release, year)]


def test_england_population_lacks_bournemouth_dorset_and_poole_until_2019(
    statistics: duckdb.DuckDBPyConnection,
) -> None:
    found = statistics.execute(
        "SELECT time_period, -distance FROM england_sums WHERE source_id = 'population' ORDER BY 1"
    ).fetchall()
    lacking = [138_664, 139_269, 139_748, 139_970, 140_394, 140_534, 140_094]
    assert found == list(zip(range(2013, 2026), [*lacking, *[0] * 6], strict=True))


def test_every_distance_from_england_is_explained(statistics: duckdb.DuckDBPyConnection) -> None:
    explained, unexplained = one(
        statistics,
        "SELECT count(*), count(*) FILTER (explanation = 'not explained') FROM england_sums",
    )
    assert explained > 1000
    assert unexplained == 0


def test_published_rates_of_authorities_are_their_release_s_count_over_its_base(
    statistics: duckdb.DuckDBPyConnection,
) -> None:
    checked, wrong = one(
        statistics,
        """SELECT count(*) FILTER (agrees IS NOT NULL), count(*) FILTER (NOT agrees) FROM rate_checks
        WHERE geographic_level = 'Local authority'""",
    )
    assert checked > 40_000
    assert wrong == 0


@pytest.mark.parametrize("release", ["2023", "2024", "2025"])
@pytest.mark.parametrize("measure", ["looked_after_rate", "started_rate", "ceased_rate"])
def test_rates_with_their_own_population_agree_to_the_printed_whole(
    statistics: duckdb.DuckDBPyConnection, release: str, measure: str
) -> None:
    years = statistics.execute(
        """SELECT time_period, count(*), count(*) FILTER (abs(difference) > 0.5), max(room) FROM rate_checks
        WHERE source_id = 'children_looked_after' AND release = ? AND measure = ?
            AND geographic_level = 'Local authority' AND recomputed_rate IS NOT NULL GROUP BY 1""",
        [release, measure],
    ).fetchall()
    assert len(years) == 5
    for _, authorities, off, room in years:
        assert authorities >= 149
        assert (off, room) == (0, 0)


NUMBERS_FROM_PARTS = {
    ("adoptions", 2010): 77, ("adoptions", 2016): 90, ("adoptions", 2017): 88,
    ("sgo", 2010): 39, ("sgo", 2011): 39, ("sgo", 2012): 53, ("sgo", 2013): 68, ("sgo", 2014): 77, ("sgo", 2017): 88,
    ("care_leavers_19_21_eet", 2014): 101, ("care_leavers_19_21_eet", 2015): 90,
    ("care_leavers_19_21_eet", 2016): 91, ("care_leavers_19_21_eet", 2017): 91,
    ("care_leavers_19_eet", 2011): 24, ("care_leavers_19_eet", 2013): 34,
}  # fmt: skip


@pytest.mark.parametrize(("measure", "year"), NUMBERS_FROM_PARTS)
def test_totals_made_of_parts_where_every_part_is_a_number(
    statistics: duckdb.DuckDBPyConnection, measure: str, year: int
) -> None:
    made, nulls_with_reason = one(
        statistics,
        """SELECT count(value), count(*) FILTER (value IS NULL AND value_status <> 'number') FROM area_statistics
        WHERE is_derived AND measure = ? AND time_period = ? AND geographic_level = 'Local authority'""",
        measure,
        year,
    )
    assert made == NUMBERS_FROM_PARTS[(measure, year)]
    assert nulls_with_reason > 0


def test_the_second_source_agrees_with_looked_after_in_every_cell_since_2018(
    statistics: duckdb.DuckDBPyConnection,
) -> None:
    both, differ = one(
        statistics,
        """SELECT count(*) FILTER (comparison IN ('equal', 'differs')), count(*) FILTER (comparison = 'differs')
        FROM second_source
        WHERE measure = 'looked_after' AND time_period >= 2018 AND geographic_level = 'Local authority'""",
    )
    assert both >= 8 * 150
    assert differ == 0


def test_the_second_source_holds_a_later_print_of_adoptions(statistics: duckdb.DuckDBPyConnection) -> None:
    found = statistics.execute(
        """SELECT time_period, count(*) FILTER (comparison = 'differs') FROM second_source
        WHERE measure = 'adoptions' AND time_period BETWEEN 2020 AND 2024 AND geographic_level = 'Local authority'
        GROUP BY 1 ORDER BY 1"""
    ).fetchall()
    assert found == [(2020, 0), (2021, 0), (2022, 0), (2023, 2), (2024, 18)]


COMPUTED = (
    "children_in_need_rate",
    "child_protection_plans_rate",
    "referrals_rate",
    "section_47_enquiries_rate",
)


@pytest.mark.parametrize("measure", [*COMPUTED, "initial_conferences_rate"])
def test_rates_computed_here_are_the_rates_the_second_source_shows(
    statistics: duckdb.DuckDBPyConnection, measure: str
) -> None:
    equal, differ = one(
        statistics,
        """SELECT count(*) FILTER (comparison = 'equal'), count(*) FILTER (comparison = 'differs') FROM second_source
        WHERE measure = ? AND geographic_level = 'Local authority' AND official_is_derived""",
        measure,
    )
    assert equal >= 10 * 146
    assert differ == 0


def test_the_second_source_is_current_only_where_no_publication_prints_the_cell(
    statistics: duckdb.DuckDBPyConnection,
) -> None:
    overridden = one(
        statistics,
        """SELECT count(*) FROM area_statistics AS tool
        INNER JOIN area_statistics AS official USING (measure, geographic_level, la_code, time_period)
        WHERE tool.source_id = 'lait' AND tool.is_current AND official.source_id <> 'lait'
            AND NOT official.is_derived AND official.source_kind = 'statistics'""",
    )
    assert overridden == 0
    filled = dict(
        statistics.execute(
            """SELECT measure || ' ' || time_period, count(value) FROM area_statistics
            WHERE source_id = 'lait' AND is_current AND geographic_level = 'Local authority'
                AND (measure, time_period) IN (('adoptions', 2017), ('adoptions', 2025), ('uasc', 2018), ('uasc', 2025),
                    ('lait_lac_finance', 2025))
            GROUP BY ALL"""
        ).fetchall()
    )
    assert filled["adoptions 2017"] == 54
    assert filled["adoptions 2025"] == 130
    assert filled["uasc 2018"] == 129
    assert filled["uasc 2025"] == 151
    assert filled["lait_lac_finance 2025"] > 100


def test_the_whole_tool_is_there(statistics: duckdb.DuckDBPyConnection) -> None:
    cells, names = one(
        statistics, "SELECT count(*), count(DISTINCT breakdown) FROM area_statistics WHERE source_id = 'lait'"
    )
    # 170 cells are labelled with the period 0 and hold no value (corrections).
    assert (cells, names) == (641_070 - 170, 434)


MISSING = [
    ("children_in_need", 2013, "County Durham; Norfolk; Oldham"),
    ("children_in_need", 2014, "Cornwall"),
    ("children_in_need", 2021, "Hackney"),
    ("children_in_need", 2022, "Hackney"),
    ("children_in_need", 2024, "Hampshire"),
    ("child_protection_plans", 2013, "Norfolk"),
    ("child_protection_plans", 2024, "Hampshire"),
    ("referrals", 2015, "South Tyneside"),
    ("referrals", 2024, "Hampshire; Herefordshire, County of"),
    ("rereferral_pct", 2020, "Bournemouth, Christchurch and Poole; Dorset"),
    ("social_worker_turnover", 2021, "Portsmouth"),
    ("social_worker_turnover", 2022, "Gateshead"),
    ("social_worker_turnover", 2024, "Sunderland"),
    ("social_worker_turnover", 2025, "Kensington and Chelsea; Westminster"),
]


@pytest.mark.parametrize(("measure", "year", "names"), MISSING)
def test_whole_authorities_missing_are_named(
    statistics: duckdb.DuckDBPyConnection, measure: str, year: int, names: str
) -> None:
    assert (
        one(
            statistics,
            "SELECT missing_names FROM coverage WHERE measure = ? AND time_period = ?",
            measure,
            year,
        )
        == names
    )


def test_one_figure_of_a_cell_is_current(statistics: duckdb.DuckDBPyConnection) -> None:
    many = one(
        statistics,
        """SELECT count(*) FROM (SELECT 1 FROM area_statistics WHERE is_current
        GROUP BY measure, geographic_level, la_code, time_period HAVING count(*) > 1)""",
    )
    none = statistics.execute(
        """SELECT DISTINCT la_code FROM area_statistics WHERE source_kind = 'statistics'
        GROUP BY measure, geographic_level, la_code, time_period HAVING NOT bool_or(is_current) ORDER BY 1"""
    ).fetchall()
    assert many == 0
    # Only authorities whose figure of the workforce is printed with another's have cells and no figure of their own.
    assert [row[0] for row in none] == ["314", "318", "940", "941"]


def test_nothing_that_is_no_number_becomes_one(statistics: duckdb.DuckDBPyConnection) -> None:
    assert (
        one(
            statistics,
            """SELECT count(*) FROM area_statistics WHERE NOT is_derived AND source_kind = 'statistics'
        AND (try_cast(replace(published_text, ',', '') AS DOUBLE) IS NULL) AND value IS NOT NULL""",
        )
        == 0
    )
    assert one(statistics, "SELECT count(*) FROM area_statistics WHERE value_status IS NULL") == 0


def test_joint_rows_stand_once_and_say_so(statistics: duckdb.DuckDBPyConnection) -> None:
    found = statistics.execute(
        """SELECT la_code, min(time_period), max(time_period), bool_and(is_joint) FROM area_statistics
        WHERE la_code LIKE '% / %' AND measure = 'agency_rate' AND is_current GROUP BY 1 ORDER BY 1"""
    ).fetchall()
    assert found == [("314 / 318", 2017, 2025, True), ("940 / 941", 2021, 2025, True)]


def test_deprivation_is_inherited_only_from_a_single_predecessor(
    statistics: duckdb.DuckDBPyConnection,
) -> None:
    found = statistics.execute(
        """SELECT la_code, inputs FROM area_statistics WHERE measure = 'imd_2019_average_score' AND is_derived
        ORDER BY la_code"""
    ).fetchall()
    assert found == [
        ("940", "as of Northamptonshire (928)"),
        ("941", "as of Northamptonshire (928)"),
        ("942", "as of Cumbria (909)"),
        ("943", "as of Cumbria (909)"),
    ]


def test_a_series_across_a_reorganisation_sums_counts_and_nothing_else(
    statistics: duckdb.DuckDBPyConnection,
) -> None:
    found = statistics.execute(
        """SELECT time_period, list(la_code ORDER BY la_code), any_value(area_sum) FROM area_series
        WHERE area = 'Bournemouth, Christchurch and Poole + Dorset' AND measure = 'looked_after'
            AND time_period BETWEEN 2018 AND 2020 GROUP BY 1 ORDER BY 1"""
    ).fetchall()
    assert found == [
        (2018, ["835", "836", "837"], 450 + 190 + 246),
        (2019, ["835", "836", "837"], 414 + 192 + 248),
        (2020, ["838", "839"], 476 + 506),
    ]
    assert (
        one(statistics, "SELECT count(area_sum) FROM area_series WHERE measure LIKE '%\\_rate' ESCAPE '\\'")
        == 0
    )


def test_a_release_that_contradicts_itself_keeps_both_prints(statistics: duckdb.DuckDBPyConnection) -> None:
    found = statistics.execute(
        "SELECT measure, la_code, time_period, text_used, other_text FROM release_contradictions ORDER BY ALL"
    ).fetchall()
    assert found == [
        (measure, "420", year, "0", "z")
        for measure in ("adoptions", "sgo")
        for year in (2020, 2022, 2023, 2024)
    ]


def test_only_the_second_source_files_figures_under_authorities_that_were_not_there(
    statistics: duckdb.DuckDBPyConnection,
) -> None:
    found = statistics.execute(
        "SELECT source_id, when_printed, count(DISTINCT la_code) FROM outside_authority_years GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    assert found == [("lait", "after it ended", 5), ("lait", "before it began", 6)]
    assert statistics.execute(
        "SELECT published_text, valid_to FROM outside_authority_years "
        "WHERE la_code = '836' AND measure = 'lait_chlamydia_diagnosis' AND time_period = 2021"
    ).fetchall() == [("0", date(2019, 3, 31))]


def test_a_joint_area_has_one_name(statistics: duckdb.DuckDBPyConnection) -> None:
    names = statistics.execute(
        "SELECT DISTINCT la_code, la_name FROM area_statistics WHERE la_code LIKE '% / %' ORDER BY ALL"
    ).fetchall()
    assert names == [
        ("314 / 318", "Kingston upon Thames / Richmond upon Thames"),
        ("940 / 941", "North Northamptonshire / West Northamptonshire"),
    ]
