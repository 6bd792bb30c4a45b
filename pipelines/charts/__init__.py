"""Published charts: `registry.py` lists them, one module per family draws them, `publish.py` writes the
files.
"""
