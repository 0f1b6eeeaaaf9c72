"""What `server-stub` does for trainers beside serving: checking, trying, playing again."""
