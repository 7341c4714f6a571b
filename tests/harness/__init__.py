"""How `python run.py test` and `python run.py check` run everything."""
