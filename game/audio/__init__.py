"""From events to cues, and where cues go."""
