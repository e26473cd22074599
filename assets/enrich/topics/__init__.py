"""Topics: papers as points in a space of words, their neighbors, the topics they form, the categories they suggest."""
