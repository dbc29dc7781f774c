throw new Error("leaflet/dist/leaflet-src.esm.js is not part of this editor");
