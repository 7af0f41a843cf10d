"""The screens and the stack that they lie on."""
