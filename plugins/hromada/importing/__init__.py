"""What was written elsewhere, brought into the content: its formats, what they give, our files made of it."""
