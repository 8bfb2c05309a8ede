"""A school's own Word template: checked when it is handed in, filled with the fields of a plan."""
