"""The content of documents, apart from any format.

One kind of document is one content function that gives a `blocks.BlockDocument`, and one template
in `routekaart/formats/templates`. The scholingsplan is written as chapters first (`document.py`),
then laid down as blocks in one of three lengths (`plan_blocks.py`). All words that a reader
sees are in the content, so that every format says the same.
"""
