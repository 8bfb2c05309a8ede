"""What somebody does this week, the study day itself, and agreements."""
