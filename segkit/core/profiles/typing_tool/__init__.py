"""The typing tool: the fewest questions that tell a new customer's segment."""
