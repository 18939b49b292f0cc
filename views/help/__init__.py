"""The parts of the Help page: pictures, words, methods, data, privacy, and what the tracker is."""
