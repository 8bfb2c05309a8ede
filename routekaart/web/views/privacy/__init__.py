"""What is kept of people: the pages for everybody, for the person, and for the school."""
