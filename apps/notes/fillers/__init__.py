"""What stands in the slots of notes: papers and links, pictures, embeds. One module for each kind."""
