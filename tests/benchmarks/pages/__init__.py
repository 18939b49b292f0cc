"""What the pages cost: bytes on the line, processor time of a rerun, many viewers at once, the start."""
