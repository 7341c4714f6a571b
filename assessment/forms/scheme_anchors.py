"""Where on the editor of a scheme something is mended: the name of its input, which is its anchor."""

from assessment.forms.scheme import ROWS_ELSEWHERE
from assessment.scheme import PARAMETERS, BlockCode, Scheme


def scheme_anchor(scheme: Scheme, where: str, part: str = "points") -> str:
    """The input of a line, evaluation, item, block or parameter of the scheme; empty where there is none.

    `part` is the last word of an input's name in a row: points, method, department, of a vote points or groups.
    """
    codes = [line.code for line in scheme.lines]
    if where in codes:
        return f"line-{codes.index(where)}-{part}"
    for kind, entries in (("evaluation", scheme.evaluations), ("item", scheme.cadre_items)):
        if where in {entry.code for entry in entries}:
            return f"{kind}-{where}-{'groups' if part == 'groups' else 'points'}"
    if where in set(BlockCode):
        return f"block-{BlockCode(where).name.lower()}"
    named = {parameter.name for parameter in PARAMETERS} - set(ROWS_ELSEWHERE)
    return f"parameter-{where}" if where in named else ""
