"""A year at one look: who is first, how the grades fall, what calls for attention, what moved."""

from .moved import Earlier
from .page import Overview, overview
from .progress import progress_chart
from .sides import quota_text
from .team_chart import team_chart

__all__ = ["Earlier", "Overview", "overview", "progress_chart", "quota_text", "team_chart"]
