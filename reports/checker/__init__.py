"""What a careful reader would find wrong in a plan, rule by rule."""
