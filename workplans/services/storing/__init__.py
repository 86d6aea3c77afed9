"""What the words of a plan file mean here, and writing it: a module per aggregate.

Each module reads its part of the tree first, with every fault, and writes once nothing
is wrong. Rows are known by what a person would know them by, so that a second run
changes nothing and a change leaves the other rows alone.
"""
