"""What a password must be, in the site's own words: one sentence for each check of the settings."""

from django.contrib.auth.password_validation import get_default_password_validators
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS = {
    "UserAttributeSimilarityValidator": gettext_lazy("It does not resemble the user name or the name."),
    "MinimumLengthValidator": gettext_lazy("It has at least %(min_length)s characters."),
    "CommonPasswordValidator": gettext_lazy("It is not one of the passwords that many people use."),
    "NumericPasswordValidator": gettext_lazy("It holds more than digits."),
}


def password_help() -> SafeString:
    """All checks as a list; a check without words here speaks for itself."""
    items = format_html_join("", "<li>{}</li>", ((text,) for text in _texts()))
    return format_html('{}<ul class="mb-0">{}</ul>', _("A good password:"), items)


def _texts() -> list[str]:
    validators = get_default_password_validators()
    return [str(WORDS.get(type(check).__name__, check.get_help_text())) % vars(check) for check in validators]
