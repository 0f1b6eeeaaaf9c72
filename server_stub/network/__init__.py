"""Sockets, routes, certificates and tokens: who may connect, before a word is said."""
