"""Goal 1's other side: the same meeting as a Django textbook has it. Form widgets, a Form, a row for every mark."""

QUESTIONS = 30
