"""Frames, and the client's side of delivery as a state machine fed with frames and time."""
