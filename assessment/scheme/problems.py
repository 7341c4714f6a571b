"""What can be wrong with a scheme, as codes and values; the words stand where the languages are known."""

from dataclasses import dataclass
from enum import StrEnum


class ProblemCode(StrEnum):
    """Why a parameter's text or a whole scheme is refused. The comment names the entries of `values`."""

    UNKNOWN = "unknown"  # name: no parameter (or line) of that name
    NOT_USED = "not_used"  # parameter: no line has a rule with this parameter
    EMPTY = "empty"  # a value is needed
    NOT_A_NUMBER = "not_a_number"  # text
    OUT_OF_RANGE = "out_of_range"  # value, low, high ("" where there is no limit)
    NOT_WHOLE = "not_whole"  # value: years, months or days with a fraction
    NOT_CENTS = "not_cents"  # value: money with less than a cent
    NOT_A_CHOICE = "not_a_choice"  # text, choices
    WRONG_COUNT = "wrong_count"  # count, expected
    BAD_PAIR = "bad_pair"  # text, expected: a piece that is not "name=value"
    UNKNOWN_NAME = "unknown_name"  # name, known: a piece that names nothing of the scheme
    REPEATED = "repeated"  # name
    WORK_HAS_NO_VOTES = "work_has_no_votes"  # name: voter groups for the work result
    SUM_DIFFERS = "sum_differs"  # total, expected (T2, E3)
    NOT_DESCENDING = "not_descending"  # upper, lower: a lower line above a higher one
    NO_LINES = "no_lines"  # a block with points and no lines, or a scheme without
    BLANK = "blank"  # field: a code or name left blank
    NO_VOTE_ITEM = "no_vote_item"  # item: G2 counts the votes of an item that is not there
    ONE_WORK_ITEM = "one_work_item"  # count: there must be exactly one work result


Values = tuple[tuple[str, str], ...]


def values_of(**values: str) -> Values:
    """Named texts for a message, in the order given."""
    return tuple(values.items())


@dataclass(frozen=True, slots=True)
class SchemeProblem:
    """One reason to refuse a scheme: what, at which line, evaluation or parameter (`where`), under which clause."""

    code: ProblemCode
    where: str
    clause: str
    values: Values = ()


class TextError(ValueError):
    """A piece of text that is not what its place asks for; carries a code and values."""

    def __init__(self, code: ProblemCode, **values: str) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values = values_of(**values)


class ParameterError(ValueError):
    """A parameter (`name`, as in 考评参数 or `K1.步长`) whose text is refused, with code and values."""

    def __init__(self, name: str, code: ProblemCode, values: Values = ()) -> None:
        super().__init__(f"{name}: {code} {dict(values)}")
        self.name = name
        self.code = code
        self.values = values
