"""What a hostile visitor, server or file would write: one text for each way to reach a terminal."""

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"
CANARY = "PWNED"
"""Stands in everything that would act: it may be seen as text, and must never be obeyed or kept."""

SEQUENCES = {
    "csi": f"{ESC}[2J{ESC}[1;1H{ESC}[31m{CANARY}{ESC}[0m{ESC}[?1049l",
    "csi_8_bit": f"\x9b2J\x9b1;1H\x9b31m{CANARY}",
    "csi_as_text": f"\\x9b2J \\033[31m \\u001b[2J ^[[2J {CANARY}",
    "bytes_of_c1": f"\u00c2\u009b2J\u00c2\u009d2;{CANARY}\u00c2\u009c",
    "osc_0": f"{ESC}]0;{CANARY}{BEL}{ESC}]2;{CANARY}{ST}",
    "osc_2_unended": f"{ESC}]2;{CANARY} and all that follows",
    "osc_8": f"{ESC}]8;;https://evil.example/{CANARY}{ST}here{ESC}]8;;{ST}",
    "osc_52": f"{ESC}]52;c;UFdORUQ={BEL}{ESC}]52;c;?{ST}",
    "osc_8_bit": f"\x9d2;{CANARY}\x9c\x9d52;c;UFdORUQ=\x9c",
    "osc_22": f"{ESC}]22;crosshair{BEL}{ESC}]9;{CANARY}{BEL}{ESC}]777;notify;{CANARY}{BEL}",
    "dcs": f"{ESC}P$q{CANARY}{ST}{ESC}P+q544e{ST}\x90$qm\x9c",
    "decrqss": f"{ESC}P$qm{ST}{ESC}P$q q{ST}",
    "sixel": f'{ESC}Pq"1;1;8;8#0;2;100;0;0#0~~@@vv@@~~$-{ST}',
    "kitty": f"{ESC}_Ga=T,f=24,s=1,v=1;{CANARY}{ST}{ESC}[>31u{ESC}[=31;1u",
    "apc": f"{ESC}_{CANARY}{ST}\x9f{CANARY}\x9c",
    "pm": f"{ESC}^{CANARY}{ST}\x9e{CANARY}\x9c",
    "sos": f"{ESC}X{CANARY}{ST}\x98{CANARY}\x9c",
    "reset": f"{ESC}c{ESC}[!p{ESC}#8{ESC}(0{ESC}N{ESC}O\x8e\x8f{CANARY}",
    "moves": f"{ESC}D{ESC}E{ESC}M{ESC}7{ESC}8\x84\x85\x88\x8d{CANARY}",
    "queries": f"{ESC}[c{ESC}[>c{ESC}[=c{ESC}[6n{ESC}[5n{ESC}[?6n{ESC}[21t\x05\x9a{CANARY}",
    "mouse": f"{ESC}[?1003h{ESC}[<0;1;1M{ESC}[M !!{ESC}[?9h{ESC}[?1002l",
    "paste_end": f"{ESC}[201~{ESC}[200~{CANARY}{ESC}[201~",
    "sync": f"{ESC}[?2026h{ESC}[?25h{ESC}[5 q{ESC}[20h{CANARY}",
    "printer": f"{ESC}[5i{ESC}[4i{ESC}[0;0;0z{ESC}%@{ESC}%G{ESC} F",
    "tmux": f"{ESC}Ptmux;{ESC}{ESC}]2;{CANARY}{BEL}{ST}{ESC}k{CANARY}{ST}",
    "iterm": f"{ESC}]1337;File=inline=1:UFdORUQ={BEL}{ESC}]4;0;#ff0000{BEL}{ESC}]10;?{BEL}",
    "c0": "".join(map(chr, range(0x20))) + "\x7f" + CANARY,
    "c1": "".join(map(chr, range(0x80, 0xA0))) + CANARY,
    "backspaces": f"{CANARY}\b\b\b\b\b\b\r\n\v\f\x0e\x0f{CANARY}",
    "lone_escape": f"{CANARY}{ESC}",
    "line_ends": f"one\rtwo\r\nthree\u2028four\u2029five\x85six\vseven\x1c{CANARY}",
}
MARKUP = {
    "markup_path": "see [/a/path] and [/] and [/red]",
    "markup_action": f"[@click=app.quit]{CANARY}[/] [@click='app.bell()']x[/]",
    "markup_colour": "[red]red[/red] [bold reverse]loud[/] [link='https://evil.example']x[/link]",
    "markup_odd": "[[[]]] [\\] \\[red] [$primary] [on $x]y[/] {name} %s {0} %(x)d $name",
    "tags": "<b>b</b> &lt; &#27;[2J `code` **bold** :smile: ![x](y)",
}
UNICODE = {
    "bidi": "\u202e\u202dgnp.exe\u2066\u2067\u2068\u2069\u200e\u200f\u061c abc \u202bdef\u202c",
    "combining": "Z" + "\u0335\u0327\u0301\u0489" * 200 + "algo" + "\u20dd\u0338" * 40,
    "leading_mark": "\u0301\u0302\u0303 first",
    "surrogates": "\ud800 \udc00 \udfff a\ud83d b",
    "noncharacters": "\ufffe\uffff\ufdd0\U0001fffe\U0010ffff",
    "zero_width": "a" + "\u200b\u2060\ufeff\u00ad\u180e\u034f" * 100 + "b",
    "joiners": "a" + "\u200d\u200c" * 100 + "b",
    "tags_plane": "\U000e0001"
    + "".join(chr(0xE0000 + ord(sign)) for sign in CANARY)
    + "\ufff9x\ufffb",
    "zwj_chain": "\u200d".join(["\U0001f468\U0001f3fd", "\U0001f469", "\U0001f466"] * 30),
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467\ufe0f 1\ufe0f\u20e3 \u2620\ufe0e",
    "flags": "\U0001f1f3\U0001f1f1\U0001f1f3 \U0001f3f4\U000e0067\U000e0062\U000e007f",
    "wide": "日本語" * 60,
    "fillers": "\u3164\u115f\u1160\uffa0\u2800",
    "widest": "\ufdfd\U00012031\u0bf5\u2e3b" * 10,
    "private": "\ue000\uf8ff\U000f0000\U0010fffd",
    "unassigned": "\u0378\U0003ffff\U000effff",
    "blank": " \u3000\u00a0\t ",
    "empty": "",
    "indic": "क्षि" * 30 + "\u0bcb" * 12,
    "hangul": "\u1100\u1161\u11a8" * 20 + "\u1161" * 40,
}
ATTACKS = SEQUENCES | MARKUP | UNICODE
LONG_LINE = "x" * 999 + ESC + "]2;" + CANARY + BEL


def pasteable(text: str) -> str:
    """`text` as a terminal would hand it over: it must not end the paste, and is valid UTF-8."""
    return text.replace(f"{ESC}[201~", "").encode(errors="replace").decode()
