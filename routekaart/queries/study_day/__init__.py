"""One study day: notes, topics, programme, steps, and who missed it."""
