"""Figures estimated from histories whose truth is known."""
