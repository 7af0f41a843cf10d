"""What is kept of a flight: replays and their verification, the flight log, the CSV. Written whole or not at all."""
