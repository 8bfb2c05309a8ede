"""PLGs: cycles, meetings, small steps and lesson visits."""
