"""An app of the tests alone: empties add-only tables between tests that commit."""
