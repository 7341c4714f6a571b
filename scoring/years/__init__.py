"""One subject over the years: scores, places, lines."""
