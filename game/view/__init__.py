"""What the window shows: reads snapshots and HUD values, writes pixels, changes nothing."""
