"""People, roles, holidays and packages of a school."""
