"""The only room that opens sockets; it drives delivery and the store."""
