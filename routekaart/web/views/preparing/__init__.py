"""Assigning courses and preparing a study day."""
