"""From keys to levers, presses and menu actions."""
