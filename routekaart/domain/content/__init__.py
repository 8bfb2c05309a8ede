"""The content of documents, apart from any format.

One kind of document is one content function (`scholingsplan.build_scholingsplan`) and one template
in `routekaart/formats/templates`. Content is built from the shared parts in `parts.py`; all words
that a reader sees are in the content, so that every format says the same.
"""
