"""The quality cycle: agreements, indicators, measurements and decisions."""
