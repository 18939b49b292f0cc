"""The parts of the page that plans a survey: the questions, the picture, and the record that comes of it."""
