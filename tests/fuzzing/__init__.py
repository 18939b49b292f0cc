"""Files that nobody would send, to find those at which the reader falls over."""
