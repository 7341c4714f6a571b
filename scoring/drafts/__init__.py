"""Drafts of a scheme: what one comes to, several side by side, on earlier years (回测)."""
