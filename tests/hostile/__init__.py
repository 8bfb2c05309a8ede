"""Files and texts that mean harm, made by a seed: none of them is kept in the repository."""
