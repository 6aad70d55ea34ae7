// Light or dark, as its person chose on this tablet, before anything is drawn.

try {
  document.documentElement.dataset.theme = localStorage.getItem("observe-theme") ?? "system";
} catch {
  // A browser that keeps nothing shows what the tablet is set to.
}
