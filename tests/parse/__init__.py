"""Tests of `loader.parse`: one file a concern, every table row's example run."""
