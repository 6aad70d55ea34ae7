"""The pages and the address for tablets: read what comes in, ask a service, show the answer."""
