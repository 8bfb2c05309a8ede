"""Taking away each tenant filter and each permission check in turn, to see whether a test notices.

`make mutants`. `sites.py` finds them in the syntax tree and gives each a switch, `hunt.py` asks the
matrices with one switch over, `left.py` runs the other tests for what those did not notice.
"""
