"""A team plan of ten pages through Typst and through WeasyPrint, both tagged as PDF/UA-1.

The same content and a comparable layout: cover, key figures, the year as a drawing, the same
tables, a running head and page numbers, the same font files. Every run has other content, since
both keep what they have seen; the two take turns, and the median of each counts. Both are warmed up
by one document. Content is built beforehand: only content → bytes is measured.

The peer is given every advantage: its style sheet and fonts are read once, and it embeds whole
fonts (Typst subsets them), since without a system library it would subset in Python, for seconds.
"""

import io
import json
import statistics
import sys
import time
from html import escape
from pathlib import Path
from typing import Any

import pypdf
import weasyprint
from weasyprint.text.fonts import FontConfiguration

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from routekaart.domain.content.canonical import as_json
from routekaart.domain.content.document import Scholingsplan
from routekaart.domain.content.plan_blocks import plan_document
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.formats import fonts
from routekaart.formats.typst_pdf import render_pdf
from tests.routekaart.sample_team import sample

ROUNDS = 9
PEOPLE, GOALS, DAYS = 4, 1, 1
_STYLES = {
    "Light": (300, "normal"),
    "Regular": (400, "normal"),
    "Medium": (500, "normal"),
    "SemiBold": (600, "normal"),
    "Italic": (400, "italic"),
}
_FACES = "".join(
    f"@font-face{{font-family:'Fira Sans';font-weight:{weight};font-style:{style};"
    f"src:url('{(fonts.FOLDER / f'FiraSans-{name}.ttf').as_uri()}')}}"
    for name, (weight, style) in _STYLES.items()
)
_CSS = (
    _FACES
    + """
@page { size: A4; margin: 27mm 22mm 24mm 25mm;
  @top-left { content: string(head); font-size: 8pt; color: #4d5f66 }
  @top-right { content: string(year); font-size: 8pt; color: #4d5f66 }
  @bottom-left { content: string(status); font-size: 8pt; color: #4d5f66 }
  @bottom-right { content: "pagina " counter(page) " van " counter(pages);
    font-size: 8pt; color: #4d5f66 } }
@page :first { @top-left { content: none } @top-right { content: none }
  @bottom-left { content: none } @bottom-right { content: none } }
body { font: 10pt/1.4 'Fira Sans'; color: #1b2a30; margin: 0 }
h1 { font-size: 21pt; font-weight: 300; color: #0f4f5c; margin: 15mm 0 5mm; break-after: avoid;
  bookmark-level: 1 }
h2 { font-size: 13.5pt; font-weight: 500; color: #0f4f5c; margin: 9mm 0 3.5mm; break-after: avoid }
h3 { font-size: 10.5pt; font-weight: 600; margin: 6mm 0 2.5mm; break-after: avoid }
h1 span, .label { color: #a84a1c } .label { font-size: 8pt; font-weight: 600; display: block }
table { border-collapse: collapse; width: 100%; font-size: 9pt; margin: 3mm 0 }
th { text-align: left; font-weight: 600; color: #0f4f5c; border-bottom: .9pt solid #0f4f5c }
td, th { padding: 2.1mm 3mm 2.1mm 0; vertical-align: top; border-bottom: .5pt solid #c3d0cf }
tr { break-inside: avoid } .end { text-align: right } .keep { break-inside: avoid }
dl { display: grid; grid-template-columns: 38mm 1fr; gap: 2.2mm 4mm } dd { margin: 0 }
dt, .muted { color: #4d5f66 } em { color: #4d5f66 }
.note { background: #f7ede3; border-left: 1.5pt solid #e9b44c; padding: 3mm 4mm }
.box { background: #f2f6f5; padding: 4mm; break-inside: avoid }
.figures, .cards { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 3mm }
.cards { grid-template-columns: 1fr 1fr }
.figures b { font-size: 23pt; font-weight: 300; color: #0f4f5c }
.cover { background: #0f4f5c; color: white; padding: 20mm; break-after: auto }
.cover p { color: #bcdadb; margin: 2mm 0 } .facts { break-after: page; margin-top: 14mm }
.sign { border-top: .7pt solid #1b2a30; margin-top: 14mm; break-inside: avoid }
"""
)


def main() -> None:
    inputs = [_content(f" {number}") for number in range(ROUNDS + 1)]
    fonts_once = FontConfiguration()
    style = weasyprint.CSS(string=_CSS, font_config=fonts_once)
    _check(render_pdf(plan_document(inputs[0])), _peer(inputs[0], style, fonts_once))
    ours, peer = [], []
    for number, content in enumerate(inputs[1:]):
        for side in ("ours", "peer") if number % 2 else ("peer", "ours"):
            start = time.perf_counter()
            if side == "ours":
                render_pdf(plan_document(content))
                ours.append(time.perf_counter() - start)
            else:
                _peer(content, style, fonts_once)
                peer.append(time.perf_counter() - start)
    fast, slow = statistics.median(ours), statistics.median(peer)
    print(
        json.dumps(
            {
                "name": "pdf_vs_weasyprint",
                "ours": round(fast, 4),
                "peer": round(slow, 4),
                "ratio": round(slow / fast, 2),
                "unit": "s",
            }
        )
    )


def _content(seed: str) -> Scholingsplan:
    return build_scholingsplan(sample(people=PEOPLE, goals=GOALS, days=DAYS, seed=seed))


def _peer(content: Scholingsplan, style: weasyprint.CSS, fonts_once: FontConfiguration) -> bytes:
    document = weasyprint.HTML(string=_html(as_json(content)))
    pdf: bytes = document.write_pdf(
        pdf_variant="pdf/ua-1", stylesheets=[style], font_config=fonts_once, full_fonts=True
    )
    return pdf


def _check(ours: bytes, peer: bytes) -> None:
    """Both are tagged, and about as long: nothing is won by leaving something out."""
    readers = [pypdf.PdfReader(io.BytesIO(pdf)) for pdf in (ours, peer)]
    for reader in readers:
        root: Any = reader.trailer["/Root"]
        if not root["/MarkInfo"]["/Marked"] or "/StructTreeRoot" not in root:
            raise SystemExit("one of the two is not tagged")
    words = [sum(len(page.extract_text().split()) for page in reader.pages) for reader in readers]
    pages = [len(reader.pages) for reader in readers]
    if abs(words[0] - words[1]) > 0.05 * words[0]:
        raise SystemExit(f"the documents differ: {words} words")
    print(
        f"pages: ours {pages[0]}, peer {pages[1]}; words: {words[0]}, {words[1]}", file=sys.stderr
    )


def _html(plan: dict[str, Any]) -> str:
    meta, parts = plan["meta"], []
    parts.append(
        f'<div class=cover><p style=\'string-set:head "{escape(meta["running_head"])}", '
        f'year "{meta["school_year"]}", status "{meta["status"]} · {meta["version"]}"\'>'
        f"{escape(meta['school'])}</p><div style='font-size:44pt'>{meta['title']}</div>"
        f"<p>{meta['school_year']}</p><p>{escape(meta['team'])}</p></div>"
        f"<div class=facts><p>{meta['status']}</p>{_facts(meta['facts'])}</div>"
    )
    parts += _summary(plan["summary"])
    parts += _goals(plan["goals"])
    parts += _courses(plan["courses"])
    parts += _study_days(plan["study_days"])
    parts += _plg(plan["plg"])
    parts += _people(plan["people"])
    hours, dates = plan["hours"], plan["dates"]
    parts += [_chapter(hours["section"]), _bullets(hours["notes"]), _table(hours["table"])]
    parts += [_chapter(dates["section"]), _table(dates["table"])]
    parts += _consent(plan["consent"])
    parts += [_chapter(plan["sources"]["section"]), _table(plan["sources"]["table"])]
    parts += _open(plan["open_points"])
    title = f"{meta['title']} – {escape(meta['team'])}"
    return (
        f"<!doctype html><html lang=nl><head><title>{title}</title></head>"
        f"<body>{''.join(parts)}</body></html>"
    )


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _chapter(section: dict[str, str]) -> str:
    return (
        f"<h1><span>{section['number']}</span> {_lines(section['title'])}</h1>"
        f"<p class=muted>{_lines(section['intro'])}</p>"
    )


def _labelled(label: str, heading: str) -> str:
    return f"<h2><span class=label>{_lines(label)}</span>{_lines(heading)}</h2>"


def _facts(facts: list[dict[str, str]]) -> str:
    rows = "".join(f"<dt>{_lines(f['label'])}</dt><dd>{_lines(f['value'])}</dd>" for f in facts)
    return f"<dl>{rows}</dl>" if rows else ""


def _bullets(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{_lines(item)}</li>' for item in items)}</ul>" if items else ""


def _missing(text: str) -> str:
    return f"<p><em>{_lines(text)}</em></p>" if text else ""


def _table(table: dict[str, Any]) -> str:
    if not table["rows"]:
        return _missing(table["missing"])
    columns = table["columns"]
    total = sum(column["width"] for column in columns)
    widths = "".join(f"<col style='width:{100 * c['width'] / total:.1f}%'>" for c in columns)
    head = "".join(f"<th class={c['align']}>{_lines(c['title'])}</th>" for c in columns)
    body = "".join(
        "<tr>"
        + "".join(
            f"<td class={column['align']}>{_lines(cell)}</td>"
            for column, cell in zip(columns, row, strict=True)
        )
        + "</tr>"
        for row in table["rows"]
    )
    return f"<table>{widths}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _summary(summary: dict[str, Any]) -> list[str]:
    tiles = "".join(
        f"<div class=box><b>{f['value']}</b> <span class=muted>{_lines(f['label'])}</span></div>"
        for f in summary["figures"]
    )

    def lines(items: list[dict[str, str]]) -> str:
        return "".join(
            f"<p><span class=label>{i['number']}</span>{_lines(i['text'])}<br>"
            f"<span class=muted>{_lines(i['detail'])}</span></p>"
            for i in items
        )

    return [
        _chapter(summary["section"]),
        f"<div class=figures>{tiles}</div>",
        f"<h2>{_lines(summary['timeline_title'])}</h2>{_strip(summary['timeline'])}",
        f"<h2>{_lines(summary['goals_title'])}</h2>{lines(summary['goals'])}",
        f"<h2>{_lines(summary['days_title'])}</h2>{lines(summary['days'])}",
        f"<div class=note style='break-after:page'>{_lines(summary['open_line'])}</div>",
    ]


def _strip(timeline: dict[str, Any]) -> str:
    width, left, lane, head = 163.0, 31.0, 8.6, 6.0
    bottom = head + lane * len(timeline["lanes"])

    def at(day: float) -> float:
        return round(left + (width - left) * day / int(timeline["days"]), 2)

    shapes = [
        f"<rect x={at(s['first_day'])} y={head} width={at(s['last_day'] + 1) - at(s['first_day'])} "
        f"height={bottom - head} fill='#dbe9e8' />"
        for s in timeline["closed"]
    ]
    for month in timeline["months"]:
        x = at(month["first_day"])
        shapes.append(f"<line x1={x} y1=0 x2={x} y2={bottom} stroke='#c3d0cf' stroke-width=.2 />")
        shapes.append(f"<text x={x + 1} y=4 font-size=2.6>{month['label']}</text>")
    for row, item in enumerate(timeline["lanes"]):
        y = head + (row + 0.5) * lane
        shapes.append(f"<text x=0 y={y + 1} font-size=2.8>{item['label']}</text>")
        for mark in item["marks"]:
            shapes.append(f"<circle cx={at(mark['day'] + 0.5)} cy={y} r=1.9 fill='#0f4f5c' />")
            if mark["symbol"]:
                shapes.append(
                    f"<text x={at(mark['day'] + 0.5) - 0.8} y={y + 1} font-size=2.8 fill='white'>"
                    f"{mark['symbol']}</text>"
                )
    drawing = "".join(shapes)
    return (
        f"<figure role=img aria-label='{escape(timeline['alt'])}' style='margin:0'>"
        f"<svg viewBox='0 0 {width} {bottom + 6}' width='{width}mm' font-family='Fira Sans'>"
        f"<title>{escape(timeline['alt'])}</title>{drawing}</svg>"
        f"<figcaption class=muted>{timeline['closed_label']}</figcaption></figure>"
    )


def _scale(scale: dict[str, int] | None) -> str:
    if scale is None:
        return ""
    blocks = "".join(
        f"<rect x={2.4 * step} y=0 width=1.9 height=2.6 rx=.4 "
        f"fill='{'#0f4f5c' if step < scale['filled'] else '#dbe9e8'}' />"
        for step in range(scale["steps"])
    )
    return f"<svg viewBox='0 0 20 3' width=20mm aria-hidden=true>{blocks}</svg>"


def _goals(goals: dict[str, Any]) -> list[str]:
    parts = [_chapter(goals["section"]), f"<div class=note>{_lines(goals['standing'])}</div>"]
    head = "".join(f"<th>{_lines(title)}</th>" for title in goals["claim_columns"])
    for goal in goals["goals"]:
        parts.append(_labelled(goal["label"], goal["heading"]) + _missing(goal["learning"]))
        parts.append(
            f"<div class=box><span class=label>{goal['noticeable_label']}</span>"
            f"{_lines(goal['noticeable'])}</div>{_facts(goal['facts'])}"
        )
        for item in goal["interventions"]:
            parts.append(f"<h3>{_lines(item['title'])}</h3>")
            parts.append(f"<p class=muted>{_lines(item['category'])}<br>{_lines(item['why'])}</p>")
            rows = "".join(
                f"<tr><td>{_lines(c['subject'])}<td>{_scale(c['scale'])}<td>{_lines(c['value'])}"
                f"<br><span class=muted>{c['mark']}</span><td>{_lines(c['applies_to'])}"
                f"<td>{_lines(c['source'])}</tr>"
                for c in item["claims"]
            )
            if rows:
                parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
            parts.append(_missing(item["claims_missing"]) + _bullets(item["remarks"]))
        parts.append(f"<h3>{goal['answers_title']}</h3>")
        parts += [
            f"<div class=keep><p class=muted>{_lines(a['question'])}</p>"
            f"<p>{_lines(a['answer'])}</p></div>"
            for a in goal["answers"]
        ]
        parts.append(_missing(goal["answers_missing"]))
        if goal["open_title"]:
            parts.append(f"<h3>{goal['open_title']}</h3>{_bullets(goal['open_questions'])}")
        parts.append(_missing(goal["nothing_open"]))
    return parts


def _courses(courses: dict[str, Any]) -> list[str]:
    parts = [_chapter(courses["section"])]
    for goal in courses["goals"]:
        parts += [_labelled(goal["label"], goal["heading"]), _table(goal["table"])]
    return [*parts, _bullets(courses["notes"])]


def _study_days(days: dict[str, Any]) -> list[str]:
    parts = [_chapter(days["section"])]
    parts += [
        f"<div class=keep>{_labelled(day['label'], day['heading'])}{_facts(day['facts'])}"
        f"{_table(day['programme'])}</div>"
        for day in days["days"]
    ]
    return parts


def _plg(plg: dict[str, Any]) -> list[str]:
    cards = "".join(
        f"<div class=box><span class=label>{q['number']}</span>{_lines(q['title'])}"
        f"{_bullets(q['prompts'])}</div>"
        for q in plg["questions"]
    )
    return [
        _chapter(plg["section"]),
        f"<h2>{plg['meetings_title']}</h2>{_table(plg['meetings'])}",
        f"<h3>{plg['agenda_title']}</h3>{_bullets(plg['agenda'])}" if plg["agenda"] else "",
        f"<h2>{plg['questions_title']}</h2><div class=cards>{cards}</div>",
        f"<h2>{plg['activities_title']}</h2>{_table(plg['activities'])}",
    ]


def _people(people: dict[str, Any]) -> list[str]:
    return [
        _chapter(people["section"]),
        *(
            f"<div class=keep><h2>{_lines(p['heading'])}</h2>{_facts(p['facts'])}"
            f"{_table(p['tasks'])}</div>"
            for p in people["people"]
        ),
    ]


def _consent(consent: dict[str, Any]) -> list[str]:
    signs = "".join(
        f"<p><strong>{_lines(s['role'])}</strong> {_lines(s['name'])}</p>"
        f"<div class=sign>{consent['date_label']} {consent['signature_label']}</div>"
        for s in consent["signatures"]
    )
    return [_chapter(consent["section"]), _facts(consent["facts"]), signs]


def _open(points: dict[str, Any]) -> list[str]:
    parts = [_chapter(points["section"])]
    for item in points["lists"]:
        parts.append(f"<h2>{_lines(item['title'])}</h2>{_bullets(item['items'])}")
        parts.append("" if item["items"] else _missing(item["nothing"]))
    return parts


if __name__ == "__main__":
    main()
