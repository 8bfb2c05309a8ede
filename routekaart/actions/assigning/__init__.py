"""Who does which course: assigning, undoing, and what follows when a team changes."""
