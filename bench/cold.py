"""Goal 9: the table of goal 8 (300 cadres), nothing kept: a plain Django template of the same cells ÷ ours.

Ours: the rows put in order, every cell worded, the table printed, from a scored year. The other side: Django's own
template engine printing the cells, which it is given ready.
"""

from django.template import engines

from bench.county import county, county_store
from bench.measure import Row, Size, alternate, milliseconds
from scoring.cadre_columns import CadreColumns
from scoring.finished import pages_forget
from scoring.listing import Source, ranking_listing
from scoring.rankings import COUNTY, ranking_columns, ranking_filters
from scoring.results import current_result
from scoring.sight import sight_of
from scoring.tables import Table, state_of, table

_PLAIN = """<table><thead><tr>{% for head in table.headers %}<th aria-sort="{{ head.sorted }}" title="{{ head.title }}">
<a href="{{ head.href }}">{{ head.label }}</a></th>{% endfor %}</tr></thead><tbody>
{% for section in table.sections %}{% for row in section.rows %}<tr>{% for cell in row %}<td class="{{ cell.css }}">
{% if cell.href %}<a href="{{ cell.href }}">{{ cell.text }}</a>{% else %}{{ cell.text }}{% endif %}
{% if cell.mark %}<span>{{ cell.mark }}</span>{% endif %}</td>{% endfor %}</tr>
{% endfor %}{% endfor %}</tbody></table>"""


def run(size: Size) -> list[Row]:
    year = county_store(county(size.townships))
    result, source = current_result(year), Source(year, "bench", sight_of(None))
    columns = CadreColumns(result, year.number)
    declared, filters = ranking_columns(COUNTY, columns), ranking_filters(result, columns)
    cells = table(COUNTY.subjects(result), declared, filters, state_of({}, declared, filters), text=columns.search_text)
    plain, ready = engines["django"].from_string(_PLAIN), with_plain_cells(cells)

    def ours() -> object:
        pages_forget()
        return ranking_listing(COUNTY, result, {}, source).html

    row = COUNTY.subjects(result)[0]
    assert row.input.number in plain.render({"table": ready})
    pairs = alternate(ours, lambda: plain.render({"table": ready}), pairs=size.pairs)
    made, other = milliseconds("order, word, print", pairs.ours), milliseconds("Django template prints", pairs.other)
    goal = f"9 ranking cold, {cells.shown} × {len(cells.headers)}, Django ÷ ours"
    return [Row(goal, made, other, 1 / pairs.ours_to_other, "≥ 5", "≥ 10")]


def with_plain_cells(cells: Table) -> dict[str, object]:
    """The table as the template engine reads it fastest: dictionaries all the way."""
    names = ("text", "href", "mark", "css")
    headers = [{name: getattr(head, name) for name in ("label", "title", "href", "sorted")} for head in cells.headers]
    sections = [
        {"rows": [[dict(zip(names, cell, strict=True)) for cell in row] for row in section.rows]}
        for section in cells.sections
    ]
    return {"headers": headers, "sections": sections}
