"""Frames, and the client's side of delivery as a state machine fed with frames and time.

frames, codec, decoding: the envelopes, bytes to frames and back, decoders that fail in one way.
delivery: the state machine's door; each input gives the effects that it asks for.
effects, close_codes: what it asks for, its states, and what the close of a connection means.
delivery_state, connection, pulse: all it knows, what ends with a connection, who has been silent.
decided: what is decided next to what is stored; the one may be ahead of the other.
receiving: what each frame of the server does, by the state it comes in.
opening, snapshot_parts: what a welcome means for our place, and a snapshot on its way.
applying: what the log and the results do to our place and our outbox.
outbox_rules: which rows of the outbox go out, wait, are held, lose their number.
sending: what follows from all that: numbers, frames to send, a batch to store, a greeting.
"""
