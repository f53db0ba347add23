"""Between the terminal and the app: what comes in as bytes, what goes out, and how large the window is."""
