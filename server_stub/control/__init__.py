"""What a trainer does to a session under way, over a local socket: `server-stub ctl`."""
