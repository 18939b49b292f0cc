// Streamlit's own words ("Upload", "25MB per file") are English only; this puts them into the page's language.
(() => {
  const words = {
    fr: {
      "Upload": "Choisir un fichier",
      "Browse files": "Choisir un fichier",
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
      "Skip to main content": "Aller au contenu principal",
      "Page not found": "Page introuvable",
    },
  }[document.documentElement.lang];
  if (!words) return;
  const patterns = [[/^(\d+(?:\.\d+)?)MB per file • (.+)$/, "$1 Mo par fichier • $2"]];
  const ours = '[data-testid="stMarkdownContainer"], [data-testid="stTable"], textarea, input, code, pre, svg';

  const translated = (text) => {
    const said = text.trim();
    if (words[said]) return text.replace(said, words[said]);
    const [pattern, sentence] = patterns.find(([pattern]) => pattern.test(said)) ?? [];
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
    translate(document.body);
    new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.type === "characterData") translate(change.target);
        else change.addedNodes.forEach(translate);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
