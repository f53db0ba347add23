"""Screens: they own the state, run the workers, and bind data down to the widgets."""
