"""The catalogue: what can be learned, on what evidence, and how interventions map to courses."""
