"""The pages' forms, one file per subject."""
