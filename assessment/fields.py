from fractions import Fraction
from typing import Any

from django.db import models

from assessment.numbers import number_from_text, number_text, parse_number


class FractionField(models.CharField):
    """An exact number, kept as its canonical text ("53.3", "1/3"): no database rounds it (RULES A1)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Fraction | None:
        return None if value is None else number_from_text(value)

    def to_python(self, value: Any) -> Fraction | None:
        if value is None or isinstance(value, Fraction):
            return value
        return parse_number(str(value))

    def get_prep_value(self, value: Any) -> str | None:
        number = self.to_python(value)
        return None if number is None else number_text(number)

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""
