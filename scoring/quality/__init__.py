"""How a year was voted, without looking at anybody's vote: the measures, and the page that shows them."""
