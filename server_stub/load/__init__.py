"""What many visitors cost this machine, and what several chats at once cost an operator."""
