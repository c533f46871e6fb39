"""HTTP: connections, the users who may connect, and error responses."""
