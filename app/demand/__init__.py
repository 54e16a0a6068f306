"""What members need and no agreement offers yet: single needs, and rounds that add them up."""
