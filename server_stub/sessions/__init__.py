"""Practice sessions: who works, who comes when and with which play, and everybody on one stage."""
