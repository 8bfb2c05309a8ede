"""Pages of PLGs: cycles, meetings, small steps, lesson visits, scans."""
