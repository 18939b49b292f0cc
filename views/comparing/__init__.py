"""The parts of the page that puts campaigns together: choices, the average, what they differ in, places."""
