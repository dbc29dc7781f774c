throw new Error("terra-draw is not part of this editor");
