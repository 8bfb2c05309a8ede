"""Reading XLSX workbooks that come from outside."""
