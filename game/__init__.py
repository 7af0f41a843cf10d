"""SKYCRANE: land Perseverance on Mars. This package imports nothing, so that `import game` costs nothing."""
