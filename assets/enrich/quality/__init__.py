"""Quality: how the text of a paper compares with that of all the others, measure by measure, never as one score."""
