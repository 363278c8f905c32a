// Runs before the first paint, so that no page flashes in the wrong theme; a file and not inline, so that no policy need allow inline script.
(() => {
  const key = 'bellwether-theme';
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');

  function read() {
    try { return localStorage.getItem(key) ?? 'auto'; } catch { return 'auto'; } // Storage may be forbidden.
  }

  function apply(choice) {
    root.dataset.themeChoice = choice;
    root.dataset.theme = choice === 'auto' ? (system.matches ? 'dark' : 'light') : choice;
  }

  // From auto to the theme not on screen, so that the first press always shows something; then the other, then auto again.
  function next(choice) {
    const own = system.matches ? 'dark' : 'light';
    const other = system.matches ? 'light' : 'dark';
    return choice === 'auto' ? other : choice === other ? own : 'auto';
  }

  apply(read());
  system.addEventListener('change', () => apply(root.dataset.themeChoice));
  document.addEventListener('click', event => {
    if (!event.target.closest?.('[data-theme-toggle]')) { return; }
    const choice = next(root.dataset.themeChoice);
    apply(choice);
    try { localStorage.setItem(key, choice); } catch { /* lasts as long as the page */ }
  });
})();
