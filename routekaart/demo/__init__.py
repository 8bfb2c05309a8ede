"""The demo school De Klimboom: invented people, and the main job told through the API."""
