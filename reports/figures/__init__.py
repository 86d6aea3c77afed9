"""Figures drawn on the server as SVG, the same on the screen and in the PDF.

Each has a title and a description in words, and the same data as a table. A figure knows
its numbers and where shapes stand; `shapes` knows SVG, `palette` the colours of the brand
and `lettering` how much room a text takes.
"""
