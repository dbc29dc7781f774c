// The large view of a gallery works without this script: it adds keys, and moving about leaves no steps in the history.
(() => {
  const viewer = document.querySelector(".photo-viewer");
  const slides = [...viewer.children];
  const selectors = { ArrowLeft: "[rel=prev]", ArrowRight: "[rel=next]", Escape: "[href^='#photo-link-']" };
  const isOpen = () => slides.some((slide) => slide.matches(":target"));
  // After a swipe the slide on the screen is another one than the address says.
  const shown = () => slides[Math.round(viewer.scrollLeft / viewer.clientWidth)] || slides[0];
  const follow = (link) => location.replace(link.hash);

  document.addEventListener("keydown", (event) => {
    if (!(event.key in selectors) || !isOpen() || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = shown().querySelector(selectors[event.key]);
    event.preventDefault();
    if (link) follow(link);
  });
  viewer.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(link);
  });
})();
