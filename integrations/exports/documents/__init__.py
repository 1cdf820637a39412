"""What people and the accountant get as a file: facts (plain text) in, bytes out. Pure."""
