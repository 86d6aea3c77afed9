"""The editor of a plan: which cells there are, what each says, and the rows it shows.

Everything goes by the tree of the plan file with the keys of its rows; what is changed
goes through `workplans.editing`.
"""
