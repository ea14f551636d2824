"""What leaves for other programs: lists of customers, and a survey to send."""
