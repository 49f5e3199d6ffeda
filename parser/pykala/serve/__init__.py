"""pykala as a service over HTTP: one document or many in, records or failures out."""
