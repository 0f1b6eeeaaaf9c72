"""Every act of the operator, declared once: keys line, palette, help and bindings come from here."""
