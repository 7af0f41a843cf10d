"""A window that nobody looks at: pictures, and what they cost."""
