"""What each action does, by topic. `ui/actions.py` names them; nothing else calls them."""
