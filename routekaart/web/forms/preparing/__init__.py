"""Forms of assigning courses and preparing a study day."""
