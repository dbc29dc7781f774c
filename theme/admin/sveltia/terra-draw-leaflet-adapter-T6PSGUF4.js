throw new Error("terra-draw-leaflet-adapter is not part of this editor");
