"""The page of a what-if in words: its controls, and what comes of them."""

from .groups import Panel, panel
from .outcome import OutcomePage, ViewOptions, outcome_page

__all__ = ["OutcomePage", "Panel", "ViewOptions", "outcome_page", "panel"]
