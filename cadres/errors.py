from django.core.exceptions import ValidationError


class Refused(ValidationError):
    """A service's no, in words a clerk understands; a form shows it, nothing was saved."""
