"""Uses of a flight without a screen: fly one as fast as the machine can, and measure how fast that is."""
