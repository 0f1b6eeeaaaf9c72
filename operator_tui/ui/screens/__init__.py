"""The desk screen and the pages in it."""
