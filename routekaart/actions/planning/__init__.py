"""Plans: making, previewing, explaining and repairing them, and what they ask of people."""
