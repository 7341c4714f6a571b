"""How firm the places of a year are, as pages and tables show it."""
