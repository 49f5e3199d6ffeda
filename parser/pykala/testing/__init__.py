"""The pytest plugin: golden files beside bulletins are tests, and ``bulletin`` reads one in a test written by hand."""
