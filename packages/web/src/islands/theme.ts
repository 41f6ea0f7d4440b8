/** Runs before the first paint: the remembered colours, else those of the system. */
const remembered = localStorage.getItem("theme");
const dark = remembered ? remembered === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
document.documentElement.classList.add("has-script");
