"""Up to six cadres, or teams, beside each other: only in rankings that hold at least two of them (RULES P4)."""
