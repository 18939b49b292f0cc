// Streamlit would else ask below each page's address where its server is, and twice be told that nothing is there.
// This runs before Streamlit's own script, because it stands above it.
{
  const home = new URL("..", document.currentScript.src).href;
  window.__streamlit = { BACKEND_BASE_URL: home, MAIN_PAGE_BASE_URL: home };
}

// Streamlit's own words ("Upload", "25MB per file") are English only; this puts them into the page's language,
// says to the browser which language that is, and remembers it for the next visit.
(() => {
  const page = document.documentElement;
  const dictionaries = {
    ar: {
      "Upload": "اختيار ملف",
      "Browse files": "اختيار ملفات",
      "Drag and drop a file here": "اسحب الملف وأفلته هنا",
      "Drag and drop file here": "اسحب الملف وأفلته هنا",
      "Drag and drop files here": "اسحب الملفات وأفلتها هنا",
      "Remove file": "إزالة الملف",
      "Choose an option": "اختر",
      "Choose options": "اختر",
      "Add an option": "أضف خيارًا",
      "No results": "لا نتائج",
      "Select all": "اختيار الكل",
      "Clear value": "مسح القيمة",
      "Clear all": "مسح الكل",
      "(required)": "(مطلوب)",
      "Press Enter to apply": "اضغط Enter للتأكيد",
      "Press Enter to submit form": "اضغط Enter للإرسال",
      "Increment": "زيادة",
      "Decrement": "إنقاص",
      "Search": "بحث",
      "Loading...": "جارٍ التحميل…",
      "Please wait...": "يرجى الانتظار…",
      "Running...": "جارٍ العمل…",
      "Connecting": "جارٍ الاتصال",
      "Connection error": "تعذّر الاتصال",
      "Stop": "إيقاف",
      "Rerun": "إعادة التشغيل",
      "Print": "طباعة",
      "Settings": "الإعدادات",
      "Main menu": "القائمة الرئيسية",
      "Close": "إغلاق",
      "Dismiss": "إخفاء",
      "Fullscreen": "ملء الشاشة",
      "Close fullscreen": "الخروج من ملء الشاشة",
      "Show data": "عرض البيانات",
      "Download as CSV": "تنزيل بصيغة CSV",
      "Copy to clipboard": "نسخ",
      "Expand sidebar": "القائمة",
      "Collapse sidebar": "إغلاق القائمة",
      "Skip to main content": "انتقل إلى المحتوى الرئيسي",
      "Page not found": "الصفحة غير موجودة",
      "Previous month": "الشهر السابق",
      "Next month": "الشهر التالي",
      "Choose date": "اختيار التاريخ",
      "month": "شهر",
      "year": "سنة",
      "Use arrow keys to navigate dates. Enter to select. Escape to close.": "تنقّل بين الأيام بمفاتيح الأسهم، واختر بـ Enter، وأغلق بـ Escape.",
      "KB per file": "$1 كيلوبايت كحد أقصى لكل ملف",
      "MB per file": "$1 ميغابايت كحد أقصى لكل ملف",
      "GB per file": "$1 غيغابايت كحد أقصى لكل ملف",
    },
    es: {
      "Upload": "Elegir un archivo",
      "Browse files": "Elegir archivos",
      "Drag and drop a file here": "Arrastre el archivo aquí",
      "Drag and drop file here": "Arrastre el archivo aquí",
      "Drag and drop files here": "Arrastre los archivos aquí",
      "Remove file": "Quitar el archivo",
      "Choose an option": "Elegir",
      "Choose options": "Elegir",
      "Add an option": "Añadir una opción",
      "No results": "Sin resultados",
      "Select all": "Elegir todo",
      "Clear value": "Borrar",
      "Clear all": "Borrar todo",
      "(required)": "(obligatorio)",
      "Press Enter to apply": "Pulse Intro para aplicar",
      "Press Enter to submit form": "Pulse Intro para enviar",
      "Increment": "Aumentar",
      "Decrement": "Reducir",
      "Search": "Buscar",
      "Loading...": "Cargando…",
      "Please wait...": "Espere…",
      "Running...": "Trabajando…",
      "Connecting": "Conectando",
      "Connection error": "Sin conexión",
      "Stop": "Detener",
      "Rerun": "Volver a ejecutar",
      "Print": "Imprimir",
      "Settings": "Ajustes",
      "Main menu": "Menú principal",
      "Close": "Cerrar",
      "Dismiss": "Ocultar",
      "Fullscreen": "Pantalla completa",
      "Close fullscreen": "Salir de pantalla completa",
      "Show data": "Ver los datos",
      "Download as CSV": "Descargar como CSV",
      "Copy to clipboard": "Copiar",
      "Expand sidebar": "Menú",
      "Collapse sidebar": "Cerrar el menú",
      "Skip to main content": "Ir al contenido principal",
      "Page not found": "Página no encontrada",
      "Previous month": "Mes anterior",
      "Next month": "Mes siguiente",
      "Choose date": "Elegir la fecha",
      "month": "mes",
      "year": "año",
      "Use arrow keys to navigate dates. Enter to select. Escape to close.": "Muévase entre los días con las flechas, elija con Intro y cierre con Escape.",
      "KB per file": "$1 kB por archivo",
      "MB per file": "$1 MB por archivo",
      "GB per file": "$1 GB por archivo",
    },
    fr: {
      "Upload": "Choisir un fichier",
      "Browse files": "Choisir des fichiers",
      "Drag and drop a file here": "Déposez le fichier ici",
      "Drag and drop file here": "Déposez le fichier ici",
      "Drag and drop files here": "Déposez les fichiers ici",
      "Remove file": "Retirer le fichier",
      "Choose an option": "Choisir",
      "Choose options": "Choisir",
      "Add an option": "Ajouter un choix",
      "No results": "Aucun résultat",
      "Select all": "Tout choisir",
      "Clear value": "Effacer",
      "Clear all": "Tout effacer",
      "(required)": "(obligatoire)",
      "Press Enter to apply": "Entrée pour valider",
      "Press Enter to submit form": "Entrée pour envoyer",
      "Increment": "Augmenter",
      "Decrement": "Diminuer",
      "Search": "Rechercher",
      "Loading...": "Chargement…",
      "Please wait...": "Veuillez patienter…",
      "Running...": "En cours…",
      "Connecting": "Connexion…",
      "Connection error": "Pas de connexion",
      "Stop": "Arrêter",
      "Rerun": "Relancer",
      "Print": "Imprimer",
      "Settings": "Réglages",
      "Main menu": "Menu principal",
      "Close": "Fermer",
      "Dismiss": "Masquer",
      "Fullscreen": "Plein écran",
      "Close fullscreen": "Quitter le plein écran",
      "Show data": "Voir les données",
      "Download as CSV": "Télécharger en CSV",
      "Copy to clipboard": "Copier",
      "Expand sidebar": "Menu",
      "Collapse sidebar": "Fermer le menu",
      "Skip to main content": "Aller au contenu principal",
      "Page not found": "Page introuvable",
      "Previous month": "Mois précédent",
      "Next month": "Mois suivant",
      "Choose date": "Choisir la date",
      "month": "mois",
      "year": "année",
      "Use arrow keys to navigate dates. Enter to select. Escape to close.": "Les flèches passent d’un jour à l’autre, Entrée choisit, Échap ferme.",
      "KB per file": "$1 ko par fichier",
      "MB per file": "$1 Mo par fichier",
      "GB per file": "$1 Go par fichier",
    },
    ru: {
      "Upload": "Выбрать файл",
      "Browse files": "Выбрать файлы",
      "Drag and drop a file here": "Перетащите файл сюда",
      "Drag and drop file here": "Перетащите файл сюда",
      "Drag and drop files here": "Перетащите файлы сюда",
      "Remove file": "Убрать файл",
      "Choose an option": "Выберите",
      "Choose options": "Выберите",
      "Add an option": "Добавить вариант",
      "No results": "Ничего не найдено",
      "Select all": "Выбрать все",
      "Clear value": "Очистить",
      "Clear all": "Очистить все",
      "(required)": "(обязательно)",
      "Press Enter to apply": "Нажмите Enter, чтобы применить",
      "Press Enter to submit form": "Нажмите Enter, чтобы отправить",
      "Increment": "Увеличить",
      "Decrement": "Уменьшить",
      "Search": "Поиск",
      "Loading...": "Загрузка…",
      "Please wait...": "Подождите…",
      "Running...": "Выполняется…",
      "Connecting": "Подключение",
      "Connection error": "Нет соединения",
      "Stop": "Остановить",
      "Rerun": "Запустить снова",
      "Print": "Печать",
      "Settings": "Настройки",
      "Main menu": "Главное меню",
      "Close": "Закрыть",
      "Dismiss": "Скрыть",
      "Fullscreen": "Во весь экран",
      "Close fullscreen": "Выйти из полноэкранного режима",
      "Show data": "Показать данные",
      "Download as CSV": "Скачать как CSV",
      "Copy to clipboard": "Копировать",
      "Expand sidebar": "Меню",
      "Collapse sidebar": "Закрыть меню",
      "Skip to main content": "Перейти к основному содержанию",
      "Page not found": "Страница не найдена",
      "Previous month": "Предыдущий месяц",
      "Next month": "Следующий месяц",
      "Choose date": "Выбрать дату",
      "month": "месяц",
      "year": "год",
      "Use arrow keys to navigate dates. Enter to select. Escape to close.": "Переходите между днями стрелками, выбирайте клавишей Enter, закрывайте клавишей Escape.",
      "KB per file": "$1 КБ на файл",
      "MB per file": "$1 МБ на файл",
      "GB per file": "$1 ГБ на файл",
    },
    zh: {
      "Upload": "选择文件",
      "Browse files": "选择文件",
      "Drag and drop a file here": "将文件拖到此处",
      "Drag and drop file here": "将文件拖到此处",
      "Drag and drop files here": "将文件拖到此处",
      "Remove file": "移除文件",
      "Choose an option": "请选择",
      "Choose options": "请选择",
      "Add an option": "添加选项",
      "No results": "无结果",
      "Select all": "全选",
      "Clear value": "清除",
      "Clear all": "全部清除",
      "(required)": "（必填）",
      "Press Enter to apply": "按回车键确认",
      "Press Enter to submit form": "按回车键提交",
      "Increment": "增加",
      "Decrement": "减少",
      "Search": "搜索",
      "Loading...": "正在加载…",
      "Please wait...": "请稍候…",
      "Running...": "正在运行…",
      "Connecting": "正在连接",
      "Connection error": "无法连接",
      "Stop": "停止",
      "Rerun": "重新运行",
      "Print": "打印",
      "Settings": "设置",
      "Main menu": "主菜单",
      "Close": "关闭",
      "Dismiss": "关闭",
      "Fullscreen": "全屏",
      "Close fullscreen": "退出全屏",
      "Show data": "查看数据",
      "Download as CSV": "下载为 CSV",
      "Copy to clipboard": "复制",
      "Expand sidebar": "菜单",
      "Collapse sidebar": "关闭菜单",
      "Skip to main content": "跳到主要内容",
      "Page not found": "找不到页面",
      "Previous month": "上个月",
      "Next month": "下个月",
      "Choose date": "选择日期",
      "month": "月份",
      "year": "年份",
      "Use arrow keys to navigate dates. Enter to select. Escape to close.": "用方向键在日期间移动，按回车键选择，按 Esc 键关闭。",
      "KB per file": "每个文件不超过 $1 KB",
      "MB per file": "每个文件不超过 $1 MB",
      "GB per file": "每个文件不超过 $1 GB",
    },
  };
  const rightToLeft = ["ar"];
  const size = /^(\d+(?:\.\d+)?) ?([KMG]B per file)/;
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
    const [limit, number, unit] = said.match(size) ?? [];
    return words[unit] ? text.replace(limit, words[unit].replace("$1", number)) : text;
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
