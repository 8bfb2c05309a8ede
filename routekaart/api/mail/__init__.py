"""The outbox, what mail says, and reminders."""
