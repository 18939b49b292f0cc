"""The look of the plain pages: the dashboard's colours and measures, on paper and on a dark screen too."""

from typing import Final

from views.palette import BETTER, DARK, INK, PAPER, SOFT_INK

_LIGHT: Final = {
    "paper": PAPER,
    "ink": INK,
    "soft": SOFT_INK,
    "line": "#d5dbe1",
    "wash": "#f4f6f8",
    "link": "#0b4a8f",
    "bar": BETTER,
    "notice": "#fdf3d8",
    "edge": "#e3cd8b",
}
_DARK: Final = {
    "paper": DARK[PAPER],
    "ink": DARK[INK],
    "soft": DARK[SOFT_INK],
    "line": "#3a4550",
    "wash": "#1c242c",
    "link": "#9acbff",
    "bar": DARK[BETTER],
    "notice": "#332b14",
    "edge": "#6b5a24",
}
_RULES: Final = """
*{box-sizing:border-box}
body{margin:0 auto;max-width:70rem;padding:0 1.25rem 3rem;background:var(--paper);color:var(--ink);line-height:1.5;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic","Noto Sans CJK SC",sans-serif}
a{color:var(--link)}
a:focus-visible,select:focus-visible,button:focus-visible,summary:focus-visible{outline:3px solid var(--bar);
outline-offset:2px}
header,footer,nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:center}
header{justify-content:space-between;border-bottom:1px solid var(--line);padding:.75rem 0}
header a,footer a,td a,th a,p>a{display:inline-block;min-height:24px;min-width:24px}
summary{cursor:pointer;padding:.25rem 0;color:var(--link)}
[aria-current]{font-weight:650;color:var(--ink);text-decoration:none}
h1{font-size:1.75rem;line-height:1.2;letter-spacing:-.01em;text-wrap:balance;margin:1.5rem 0 .75rem;font-weight:650}
h2{font-size:1.3rem;margin:2.25rem 0 .5rem;font-weight:600}
h3{font-size:1.05rem;margin:1.5rem 0 .25rem;font-weight:600}
p,ul{max-width:46rem;margin:.5rem 0}
ul{padding-inline-start:1.25rem}
small,.soft,caption,figcaption{color:var(--soft);font-size:.9rem}
.answer{border-inline-start:4px solid var(--bar);padding-inline-start:1rem;margin:1rem 0}
.answer p{font-size:1.2rem;max-width:48rem}
.notice{background:var(--notice);border:1px solid var(--edge);border-radius:.4rem;padding:.4rem .9rem;max-width:none}
form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:.5rem 0 1rem}
label{display:grid;font-size:.9rem;flex:1 1 10rem}
select,button{font:inherit;min-height:2.5rem;padding:.25rem .5rem;border:1px solid var(--soft);border-radius:.4rem;
background:var(--paper);color:var(--ink);max-width:100%}
button{background:var(--bar);border-color:var(--bar);color:var(--paper);padding-inline:1.25rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}
caption{text-align:start;padding:.25rem 0}
th,td{text-align:start;vertical-align:top;padding:.6rem 0;padding-inline-end:.75rem;border-bottom:1px solid var(--line);
overflow-wrap:break-word}
thead th{font-size:.85rem;font-weight:600;vertical-align:bottom}
tbody th{font-weight:600}
:is(th,td) small{display:block;font-weight:400}
.cards tbody th{width:23%}
.drawn{width:14rem;text-align:center}
.drawn svg{display:block;width:100%;height:auto}
figure{margin:1.25rem 0;max-width:30rem}
figure svg{display:block;width:100%;height:auto}
footer{border-top:1px solid var(--line);margin-top:3rem;padding-top:.75rem;justify-content:space-between}
@media (max-width:640px){
h1{font-size:1.45rem}.answer p{font-size:1.08rem}
table:not(.cards){font-size:.9rem}table:not(.cards) :is(th,td){padding-inline-end:.5rem}
.cards tbody th{width:auto}
.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.cards :is(tbody,tr,th,td){display:block;border:0}
.cards tr{border:1px solid var(--line);border-radius:.4rem;padding:.75rem .9rem;margin-bottom:.6rem}
.cards :is(th,td){padding:.15rem 0!important}
.cards td{display:grid;grid-template-columns:2fr 3fr;gap:0 1rem;align-items:baseline}
.cards td::before{content:attr(data-label);color:var(--soft);font-size:.9rem}
.cards .drawn{width:auto;display:block;text-align:center;padding:.5rem 0!important}.cards .drawn::before{display:none}
}
@media print{
@page{margin:16mm}
body{max-width:none;padding:0;font-size:10pt}
header nav,form,details,.screen{display:none}
a{color:inherit;text-decoration:none}
tr,figure{break-inside:avoid}h2,h3{break-after:avoid}
thead{display:table-header-group}
}
"""


def _variables(colours: dict[str, str]) -> str:
    return ":root{" + ";".join(f"--{name}:{colour}" for name, colour in colours.items()) + "}"


def _drawn_in_dark() -> str:
    """Drawings name their colours in place; on a dark ground each is another one."""
    return "".join(
        f'[{part}="{light}"]{{{part}:{dark}}}' for light, dark in DARK.items() for part in ("fill", "stroke")
    )


STYLE: Final = (
    ":root{color-scheme:light dark}"
    + _variables(_LIGHT)
    + _RULES.replace("\n", "")
    + "@media screen and (prefers-color-scheme:dark){"
    + _variables(_DARK)
    + _drawn_in_dark()
    + "}"
)
