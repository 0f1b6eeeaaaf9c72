"""Frames, and the client's side of delivery as a state machine fed with frames and time.

frames, codec, reading: the envelopes, bytes to frames and back, decoders that fail in one way.
delivery: the state machine's door; each input gives the effects that it asks for.
effects, close_codes: what it asks for, its states, and what the close of a connection means.
standing, connection, pulse: all it knows, what ends with a connection, who has been silent.
ahead: what is decided next to what is stored; the one may be ahead of the other.
hearing: what each frame of the server does, by the state it comes in.
opening, parts: what a welcome means for our place, and a snapshot on its way.
incoming: what the log and the results do to our place and our outbox.
outgoing: rules of the outbox: which rows go out, wait, are held, lose their number.
following: what follows from all that: numbers, frames to send, a batch to store, a greeting.
"""
