"""How the composer looks: a rule on top, and a note told from a reply by four differences."""

COMPOSER_CSS = """
Composer {
    height: auto;
    min-height: 3;
    max-height: 6;
    margin: 0 1;
    padding: 0 0 0 2;
    border: none;
    border-top: solid $ground-rule;
    border-title-color: $ink-muted;
    border-title-background: transparent;
    background: $ground-background;
    color: $ink-text;
    scrollbar-size-vertical: 1;
}
Composer:focus {
    border: none;
    border-top: solid $ink-accent;
    border-title-color: $ink-accent;
    border-title-style: bold;
}
Composer.-ascii { border-top: ascii $ground-rule; }
Composer.-ascii:focus { border-top: ascii $ink-accent; }
Composer.-closed { color: $ink-muted; border-title-color: $ink-muted; }
Composer.-closed:focus { border-title-color: $ink-text; }
Composer.-note, Composer.-note:focus {
    background: $author-note-ground;
    color: $ink-text;
    border-top: dashed $author-note;
    border-title-color: $author-note;
}
Composer.-note.-ascii, Composer.-note.-ascii:focus { border-top: ascii $author-note; }
Composer.-pending { color: $ink-muted; }
Composer .text-area--cursor, Composer.-read-only .text-area--cursor {
    color: $ground-background;
    background: $ink-text;
}
Composer .text-area--selection { color: $ink-text; background: $ground-selection; }
.-tall Composer { min-height: 4; max-height: 9; }
"""
