"""One's own account: sessions, second step, providers, and the invitation to begin."""
