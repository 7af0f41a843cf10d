"""What a person is told: pure functions from what the craft knows (Nav) to codes and numbers. No words stand here."""
