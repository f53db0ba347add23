"""Tests of the browser: typesetting, widgets, flows, looks, and the bytes it writes."""
