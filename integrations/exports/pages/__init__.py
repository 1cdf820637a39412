"""What the room's pages show, read and put together; nothing here writes."""
