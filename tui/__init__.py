"""The browser and the command line over an archive of briefings."""
