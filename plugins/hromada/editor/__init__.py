"""The editor in the browser: which git host it writes to, which pages it has, what these may load."""
