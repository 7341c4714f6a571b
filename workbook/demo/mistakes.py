"""What is wrong in the second demo workbook, cell by cell: the usual slips of a busy week."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """`value` stands in the cell instead of the right one; `slip` says what happened."""

    sheet: str
    cell: str
    value: str | int | None
    slip: str


MISTAKES = (
    Mistake("干部", "D19", "副镇长", "a post that is not in the county's list"),
    Mistake("干部", "C48", "云奚镇", "a township misspelt"),
    Mistake("干部", "G77", "7A", "a code that the register does not have"),
    Mistake("考评参数", "B16", "二成", "a share in words"),
    Mistake("目标完成", "D9", "约95", "a number with a word"),
    Mistake("否决", "E2", "2027-13-11", "a thirteenth month"),
    Mistake("班子测评", "F24", 25, "fewer valid papers than grades and abstentions"),
    Mistake("干部测评", "A60", "01040", "a personnel number that lost a zero"),
)
