"""What pytest's entry point `skycrane` names; the plugin itself is pytest_levels.py, which -p can ask for as well."""

pytest_plugins = ["game.lab.pytest_levels"]
