"""The pages' views, one file per subject."""
