throw new Error("svgo/browser is not part of this editor");
