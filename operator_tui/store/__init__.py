"""The only room of the client that touches the disk."""
