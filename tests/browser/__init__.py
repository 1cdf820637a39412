"""Tests that look at the pages in Chromium."""
