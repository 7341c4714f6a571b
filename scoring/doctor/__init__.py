"""What is doubtful about a scheme: of itself, and by the inputs of earlier years."""
