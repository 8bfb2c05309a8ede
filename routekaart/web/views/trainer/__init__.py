"""The queue of the trainer, the advice desk and what-if."""
