"""What the operator sees and does, in Textual."""
