"""Filling in a routekaart, step by step."""
