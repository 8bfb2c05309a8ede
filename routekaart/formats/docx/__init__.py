"""A document of blocks as a Word file: in Word's own styles, so that people can go on writing."""
