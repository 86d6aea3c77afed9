"""A document that holds every construction a plan can have, without the plan's models.

Municipalities and actions are invented; rows are many enough to fill three pages.
"""

ROWS = 70
CHAPTERS = ("Inleiding", "Aanpak", "Acties", "Kosten")
DRAWING = "Drie cirkels. Schaal, samenhang en scherpte overlappen elkaar"


def golden_html() -> str:
    return f"""<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<title>Werkplan Voorbeeldstreek</title>
<meta name="author" content="Regio Voorbeeldstreek">
<meta name="dcterms.created" content="2020-03-31T00:00:00+00:00">
<meta name="dcterms.modified" content="2020-03-31T00:00:00+00:00">
<link rel="stylesheet" href="print.css">
</head>
<body>
<div class="cover">
  <h1>Werkplan Voorbeeldstreek</h1>
  <p>Concept, peildatum 31 maart 2020</p>
  <dl><dt>Periode</dt><dd>2020</dd><dt>Penvoerder</dt><dd>Aadorp</dd></dl>
</div>
{_contents()}
<main>{_introduction()}{_approach()}{_actions()}{_costs()}</main>
</body>
</html>"""


def _contents() -> str:
    entries = "".join(
        f'<li><span><a href="#h{number}">{title}</a></span>'
        f'<span class="page-number" data-href="#h{number}"></span></li>'
        for number, title in enumerate(CHAPTERS)
    )
    return f"""<nav class="contents" role="doc-toc">
<h2>Inhoud</h2><ol role="doc-toc">{entries}</ol></nav>"""


def _chapter(number: int, body: str) -> str:
    return (
        f"""<section class="chapter"><h2 id="h{number}">{CHAPTERS[number]}</h2>{body}</section>"""
    )


def _introduction() -> str:
    return _chapter(
        0,
        """<p>De gemeenten werken <strong>samen</strong> aan
toerisme<span class="note">Onder toerisme valt ook <em>dagrecreatie</em>.</span>
en bezoekersspreiding. Zie
<a href="https://www.voorbeeld.nl/plan">het <em>regionale</em> plan</a> en
<a href="#h3">de kosten</a>. Engels: <span lang="en">strength of place</span>.</p>
<div>Een los tekstblok <abbr title="basisregistratie personen">BRP</abbr>.</div>
<div>Nog een los tekstblok.</div>
<p aria-hidden="true">Sierregel</p>""",
    )


def _approach() -> str:
    return _chapter(
        1,
        f"""<ul><li>Eerste punt<ul><li>Onderdeel</li></ul></li><li>Tweede punt</li></ul>
<ol><li>Stap een</li><li>Stap twee</li></ol>
<figure>{_drawing()}<figcaption>Samenhang van de drie opgaven</figcaption></figure>""",
    )


def _drawing() -> str:
    title, _, description = DRAWING.partition(". ")
    circles = "".join(
        f'<circle cx="{x}" cy="{y}" r="70" fill="none" stroke="#154273" stroke-width="2"/>'
        f'<text x="{x}" y="{y}" text-anchor="middle" font-size="14"'
        f' font-family="Source Sans Pro" fill="#16202b">{label}</text>'
        for x, y, label in ((200, 90, "Schaal"), (280, 90, "Samenhang"), (240, 160, "Scherpte"))
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 240">
<title>{title}</title><desc>{description}</desc>
<g>{circles}</g>
<svg x="400" y="10" width="40" height="40" viewBox="0 0 10 10"><title>Merkje</title>
<rect width="10" height="10" fill="#154273"/></svg>
</svg>"""


def _actions() -> str:
    rows = "".join(
        f'<tr><th scope="row">A{n}</th><td>Actie nummer {n} met een toelichting over meerdere '
        f"regels, zodat de bezoekersvoorzieningen over drie bladzijden lopen</td>"
        f'<td></td><td class="amount">€ {n}.000</td></tr>'
        for n in range(1, ROWS + 1)
    )
    return _chapter(
        2,
        f"""<table><caption>Acties per lijn</caption>
<colgroup><col style="width: 12%"><col style="width: 50%"><col><col></colgroup>
<thead><tr><th scope="col">Nr.</th><th scope="col"><a href="#h3">Actie</a></th>
<th scope="col">Planning</th><th scope="col" class="amount">Bedrag</th></tr></thead>
<tbody>{rows}
<tr class="total"><th scope="row" colspan="3">Totaal</th><td class="amount">€ 2.485.000</td></tr>
</tbody></table>""",
    )


def _costs() -> str:
    return _chapter(
        3,
        """<table><caption>Kosten per gemeente</caption>
<colgroup><col><col></colgroup>
<thead><tr><th scope="col">Gemeente</th><th scope="col" class="amount">Bedrag</th></tr></thead>
<tbody><tr><th scope="row">Aadorp</th><td class="amount">€ 64.376</td></tr>
<tr><th scope="row">Beekum</th><td class="amount">€ −12</td></tr>
<tr class="total"><th scope="row">Totaal</th><td class="amount">€ 64.364 + 3 × PM</td></tr>
</tbody></table><h3>Slot</h3><p>Einde van het werkplan.</p>""",
    )
