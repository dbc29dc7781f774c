"""One module a command; `commands.dispatch` lists them all."""
