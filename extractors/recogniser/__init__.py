"""The reader of figures: a small network trained on rendered figures only.

``shape`` and ``reader`` are all that reading needs; ``texts``, ``fonts``, ``render``,
``damage``, ``network`` and ``train`` make the weights (``python -m
extractors.recogniser.train``, extra ``train``). MODEL.md tells what it can do.
"""
