"""One simulated visitor, as a pure machine that plays its play."""
