"""Pictures, planned: sizes and addresses are known before a pixel is read."""
