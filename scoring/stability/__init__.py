"""How firm a place is: ballots resampled, weights varied, the fewest ballots that would exchange two (NumPy).

Pure: a `YearResult` in, frozen values out. Places and points themselves are the engine's; here they are only shaken.
The unshaken arithmetic gives the engine's points to the hundredth (tests/scoring/test_stability.py).
"""

from .flips import Flip
from .year import MOST_REPLICATES, Interval, Stability, SubjectStability, stability_of

__all__ = ["MOST_REPLICATES", "Flip", "Interval", "Stability", "SubjectStability", "stability_of"]
