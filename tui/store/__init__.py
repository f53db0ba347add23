"""The archive, read only: about eight calls, plain frozen rows out.

`open_archive(path)` gives a `Store`; everything else is its methods. A second engine can stand
behind the same face.
"""
