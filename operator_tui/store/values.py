"""The desk's values as the database keeps them: JSON, read back through the same strict types."""

from msgspec import json

from operator_tui.desk.drafts import Draft
from operator_tui.desk.entries import Message
from operator_tui.desk.events import Logged
from operator_tui.desk.model import Desk
from operator_tui.desk.pending import OutboxRow
from operator_tui.desk.text import decode_hook, encode_hook
from operator_tui.store.ports import View

encode = json.Encoder(enc_hook=encode_hook).encode
desk = json.Decoder(Desk, dec_hook=decode_hook).decode
logged = json.Decoder(Logged, dec_hook=decode_hook).decode
message = json.Decoder(Message, dec_hook=decode_hook).decode
row = json.Decoder(OutboxRow, dec_hook=decode_hook).decode
draft = json.Decoder(Draft, dec_hook=decode_hook).decode
view = json.Decoder(View, dec_hook=decode_hook).decode
