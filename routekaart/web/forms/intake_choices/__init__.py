"""The forms of choosing: interventions, goals and study days."""
