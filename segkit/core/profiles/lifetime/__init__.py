"""What customers are worth from today on."""
