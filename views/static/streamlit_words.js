// Streamlit's own words ("Upload", "25MB per file") are English only; this puts them into the page's language,
// says to the browser which language that is, and remembers it for the next visit.
(() => {
  const page = document.documentElement;
  const dictionaries = {
    fr: {
      "Upload": "Choisir un fichier",
      "Drag and drop file here": "Déposez le fichier ici",
      "Drag and drop files here": "Déposez les fichiers ici",
      "Choose an option": "Choisir",
      "Choose options": "Choisir",
      "No results": "Aucun résultat",
      "Select all": "Tout choisir",
      "Clear value": "Effacer",
      "Clear all": "Tout effacer",
      "(required)": "(obligatoire)",
      "Press Enter to apply": "Entrée pour valider",
      "Running...": "En cours…",
      "Stop": "Arrêter",
      "Print": "Imprimer",
      "Settings": "Réglages",
      "Fullscreen": "Plein écran",
      "Close fullscreen": "Quitter le plein écran",
      "Show data": "Voir les données",
      "Expand sidebar": "Menu",
      "Collapse sidebar": "Fermer le menu",
      "Skip to main content": "Aller au contenu principal",
      "Page not found": "Page introuvable",
    },
  };
  const rightToLeft = ["ar"];
  const patterns = [[/^(\d+(?:\.\d+)?)MB per file$/, "$1 Mo par fichier"]];
  const ours = '[data-testid="stMarkdownContainer"], [data-testid="stTable"], textarea, input, code, pre, svg';

  let words = dictionaries[page.lang] ?? {};
  let address = null;

  const followLanguage = () => {
    if (location.search === address) return;
    address = location.search;
    const language = new URLSearchParams(address).get("lang");
    if (!/^[a-z]{2}$/.test(language ?? "")) return;
    page.lang = language;
    page.dir = rightToLeft.includes(language) ? "rtl" : "ltr";
    words = dictionaries[language] ?? {};
    document.cookie = `lang=${language}; path=/; max-age=31536000; samesite=lax`;
  };
  const translated = (text) => {
    const said = text.trim();
    if (words[said]) return text.replace(said, words[said]);
    const [pattern, sentence] = (page.lang === "fr" ? patterns : []).find(([pattern]) => pattern.test(said)) ?? [];
    return pattern ? said.replace(pattern, sentence) : text;
  };
  const translate = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const parent = node.parentElement;
      if (!parent || (parent.closest(ours) && !parent.closest('[data-testid="stFileUploader"]'))) return;
      const text = translated(node.nodeValue);
      if (text !== node.nodeValue) node.nodeValue = text;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      for (const name of ["placeholder", "aria-label", "title"]) {
        const text = node.getAttribute(name);
        if (text && translated(text) !== text) node.setAttribute(name, translated(text));
      }
      node.childNodes.forEach(translate);
    }
  };
  const start = () => {
    followLanguage();
    translate(document.body);
    new MutationObserver((changes) => {
      followLanguage();
      for (const change of changes) {
        if (change.type === "characterData") translate(change.target);
        else change.addedNodes.forEach(translate);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
