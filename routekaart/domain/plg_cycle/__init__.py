"""A PLG through the year: its dates, agendas, small steps, and when a meeting or cycle closes."""
