"""From goals, days and people to a plan: problem in, plan out. Pure and deterministic."""
