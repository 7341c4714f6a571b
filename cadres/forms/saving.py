"""From a form to a service and, when it says no, back beside the field."""

from collections.abc import Callable

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict


def form_saved(form: BaseForm, save: Callable[[], object]) -> bool:
    """Call the service where the form is valid; its refusal stands in the form, beside the field it names."""
    if not form.is_valid():
        return False
    try:
        save()
    except ValidationError as refusal:
        for field, errors in _by_field(refusal).items():
            form.add_error(field if field in form.fields else None, errors)
        return False
    return True


def _by_field(refusal: ValidationError) -> dict[str, list[ValidationError]]:
    return refusal.error_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.error_list}


def posted(request: HttpRequest) -> QueryDict | None:
    """What binds a form: the fields of a POST, even of one without any."""
    return request.POST if request.method == "POST" else None
