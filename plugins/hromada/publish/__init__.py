"""`make publish`: the editor's clone, the published branch, the built site as git holds it."""
