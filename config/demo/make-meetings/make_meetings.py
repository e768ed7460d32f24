#!/usr/bin/env python3
"""Renders the demo municipality's meetings as the pages of a public agenda site.

Reads cases*.txt (text that travels between bodies) and meetings*.txt (who met when, and what was
decided) beside this file, writes one HTML page per dagsorden and referat into the folder given.
The same input always gives the same bytes: ids are uuid5 of body, date, kind and item number.

    make_meetings.py ../moeder

Input, one construct per line:
    == key | sagsnummer | overskrift        a case (cases*.txt)
    === body date | kl=17.00 | afbud=...    a meeting (meetings*.txt); kun=dagsorden for future ones
    * key            or  * key | sagsnummer | overskrift     an item of the meeting
    % closed=class order=D journey=no      flags of the item
    R: text                                 section (see HEADINGS); next lines are its paragraphs
    # Heading                               section under a heading of its own
    - text                                  list entry
    < html                                  raw markup in the item (noise, hidden elements)
"""

import datetime
import html
import pathlib
import re
import sys
import uuid

HERE = pathlib.Path(__file__).parent
SITE = "https://dagsordener.egelund.example"
WEEKDAYS = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
MONTHS = ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
          "oktober", "november", "december"]
BODIES = {
    "byr": ("Byrådet", "17.00", "Byrådssalen, 1. sal"),
    "oeu": ("Økonomiudvalget", "13.00", "Mødelokale 2"),
    "tu": ("Teknisk Udvalg", "15.00", "Mødelokale 4"),
    "tmu": ("Teknik- og Miljøudvalget", "15.00", "Mødelokale 4"),
    "bu": ("Børneudvalget", "15.30", "Mødelokale 3"),
    "bsu": ("Børne- og Skoleudvalget", "15.30", "Mødelokale 3"),
}
NEW_TERM = datetime.date(2025, 12, 2)

# Section names differ by body and term, as they do in the municipalities' own templates.
STANDARD = {"R": "Resume", "B": "Baggrund", "S": "Sagsfremstilling", "Ø": "Økonomi", "H": "Høring",
            "P": "Personale", "L": "Lovgrundlag", "I": "Indstilling", "D": "Beslutning"}
HEADINGS = {
    "byr": STANDARD,
    "oeu": STANDARD | {"R": "Beslutningstema", "Ø": "Økonomiske konsekvenser"},
    "tu": STANDARD | {"S": "Sagsbeskrivelse", "I": "Forvaltningen foreslår"},
    "tmu": STANDARD | {"R": "Resumé", "B": "Historik", "I": "Indstilling"},
    "bu": STANDARD | {"R": "Sammendrag", "B": "Sagens opståen"},
    "bsu": STANDARD | {"R": "Problemstilling", "B": "Sagsforløb", "S": "Sagsbeskrivelse"},
}
ORDER = {"byr": "RDBSØPHLI", "oeu": "RBSØPHLID", "tu": "RBSØPHLID", "tmu": "RBSLØHPID",
         "bu": "RIDBSØHPL", "bsu": "RBSØPHLID"}
ORDER_BEFORE_2026 = ORDER | {"byr": "RBSØPHLID"}

COUNCIL = {
    "2022": {"B": "Jens Kragh, Karen Lyng, Peter Munk, Lone Thorup, Søren Hald, Gitte Ravn, "
                  "Claus Bjerre, Else Marie Dahl, Henning Bach, Knud Ravnkilde",
             "F": "Birgitte Holm, Mikkel Aagaard, Sofie Brandt, Ole Damgaard, Hanne Friis, "
                  "Torben Juhl, Pia Skov, Grethe Lund",
             "G": "Anders Toft, Emma Lindholm, Rasmus Vig", "N": "Bo Sandager, Inger Strand",
             "E": "Viggo Nørgaard, Tina Bech"},
    "2026": {"F": "Birgitte Holm, Mikkel Aagaard, Sofie Brandt, Ole Damgaard, Hanne Friis, "
                  "Yusuf Demir, Pia Skov, Torben Juhl, Line Østergaard",
             "B": "Jens Kragh, Karen Lyng, Peter Munk, Lone Thorup, Søren Hald, Gitte Ravn, "
                  "Claus Bjerre, Merete Kold",
             "G": "Anders Toft, Emma Lindholm, Rasmus Vig, Nadia Karimi",
             "N": "Bo Sandager, Inger Strand", "E": "Viggo Nørgaard, Tina Bech"},
}
COMMITTEES = {
    ("oeu", "2022"): "Jens Kragh, Karen Lyng, Peter Munk, Birgitte Holm, Mikkel Aagaard, "
                     "Anders Toft, Bo Sandager",
    ("tu", "2022"): "Peter Munk, Claus Bjerre, Henning Bach, Ole Damgaard, Torben Juhl, "
                    "Rasmus Vig, Inger Strand",
    ("bu", "2022"): "Lone Thorup, Gitte Ravn, Else Marie Dahl, Sofie Brandt, Hanne Friis, "
                    "Emma Lindholm, Tina Bech",
    ("oeu", "2026"): "Birgitte Holm, Mikkel Aagaard, Jens Kragh, Karen Lyng, Anders Toft, "
                     "Bo Sandager, Viggo Nørgaard",
    ("tmu", "2026"): "Anders Toft, Ole Damgaard, Hanne Friis, Peter Munk, Søren Hald, "
                     "Inger Strand, Tina Bech",
    ("bsu", "2026"): "Sofie Brandt, Yusuf Demir, Line Østergaard, Lone Thorup, Gitte Ravn, "
                     "Nadia Karimi, Tina Bech",
}


def esc(text):
    return html.escape(text, quote=False)


def identity(*parts):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, SITE + "/" + "/".join(map(str, parts))))


def long_date(day):
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


class Item:
    def __init__(self, key="", number="", title=""):
        self.key, self.number, self.title = key, number, title
        self.sections, self.raw, self.flags = {}, [], {}

    def add(self, heading, line):
        self.sections.setdefault(heading, [])
        if line:
            self.sections[heading].append(line)


class Meeting:
    def __init__(self, head):
        fields = [part.strip() for part in head.split("|")]
        self.body, day = fields[0].split()
        self.day = datetime.date.fromisoformat(day)
        self.options = dict(part.split("=", 1) for part in fields[1:])
        self.items = []

    @property
    def term(self):
        return "2026" if self.day >= NEW_TERM else "2022"

    def members(self):
        lists = {name.strip(): letter for letter, names in COUNCIL[self.term].items()
                 for name in names.split(",")}
        if self.body == "byr":
            names = list(lists)
        else:
            names = [n.strip() for n in COMMITTEES[(self.body, self.term)].split(",")]
        mayor = "Birgitte Holm" if self.term == "2026" else "Jens Kragh"
        for name in names:
            chair = mayor if self.body in ("byr", "oeu") else names[0]
            role = ""
            if name == chair:
                role = " - borgmester" if self.body == "byr" else " - formand"
            yield name, f"{name} ({lists[name]}){role}"

    def absent(self):
        return [a.strip() for a in self.options.get("afbud", "").split(";") if a.strip()]


def parse(paths):
    """Cases and meetings of all files, in reading order."""
    cases, meetings, item, heading = {}, [], None, None
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            line = line.strip()
            if not line or line.startswith("//"):
                continue
            if line.startswith("=== "):
                meetings.append(Meeting(line[4:]))
            elif line.startswith(("== ", "* ")):
                fields = [f.strip() for f in line.split(" ", 1)[1].split("|")]
                item = Item(*fields)
                if line.startswith("== "):
                    assert item.key not in cases, item.key
                    cases[item.key] = item
                else:
                    meetings[-1].items.append(item)
                heading = None
            elif line.startswith("% "):
                item.flags.update(f.split("=", 1) for f in line[2:].split())
            elif line.startswith("< "):
                item.raw.append(line[2:])
            elif line.startswith("# "):
                heading = line[2:]
                item.add(heading, "")
            elif match := re.match(r"([RBSØHPLIDX]):\s*(.*)", line):
                heading = match[1]
                item.sections[heading] = []
                item.add(heading, match[2])
            else:
                item.add(heading, line)
    return cases, sorted(meetings, key=lambda m: (m.day, m.options.get("kl", BODIES[m.body][1])))


def compose(item, cases):
    """The item with its case's text under what the meeting itself says.

    The first meeting that gives a case a title defines it for those after.
    """
    base = cases.get(item.key)
    if base is None:
        base = cases[item.key] = Item(item.key, item.number, item.title)
        base.sections = {h: lines for h, lines in item.sections.items() if h in "RBSØHPLIX"}
        return item
    whole = Item(item.key, item.number or base.number, item.title or base.title)
    whole.sections = base.sections | item.sections
    whole.raw, whole.flags = item.raw, base.flags | item.flags
    return whole


def paragraphs(lines):
    out, in_list = [], False
    for line in lines:
        if line.startswith("- ") != in_list:
            in_list = not in_list
            out.append("<ul>" if in_list else "</ul>")
        out.append(f"<li>{esc(line[2:])}</li>" if in_list else f"<p>{esc(line)}</p>")
    if in_list:
        out.append("</ul>")
    return "\n".join(out)


def sections_of(item, meeting, kind, journey):
    """(heading, lines) in the order this body's template has."""
    order = (ORDER if meeting.term == "2026" else ORDER_BEFORE_2026)[meeting.body]
    if item.flags.get("order") == "D":
        order = "D" + order.replace("D", "")
    own = [(h, lines) for h, lines in item.sections.items() if len(h) > 1]
    for key in order:
        if key == "D":
            yield from journey
            if kind == "Referat" and "D" in item.sections:
                yield HEADINGS[meeting.body]["D"], item.sections["D"]
        elif key in item.sections:
            yield HEADINGS[meeting.body][key], item.sections[key]
        if key == "S":
            yield from ((h, lines) for h, lines in own if not h.startswith("Beslutning i "))


def decided(section):
    """The date in "Beslutning i <udvalg> den 22. maj 2024"; a journey is told oldest first."""
    day, month, year = section[0].rsplit(" den ", 1)[1].split()
    return int(year), MONTHS.index(month), int(day.rstrip("."))


def attachments(item, meeting, kind):
    names = [n.strip() for line in item.sections.get("X", []) for n in line.split(";") if n.strip()]
    if not names:
        return ""
    links = "\n".join(
        f'<li><a href="{SITE}/bilag?id={identity(meeting.body, meeting.day, kind, item.title, n)}">'
        f"{esc(n)}</a></li>" for n in names)
    return f'<h3>Bilag</h3>\n<ul class="bilag">\n{links}\n</ul>'


def row(number, item, meeting, kind, journey):
    closed = item.flags.get("closed", "")
    punkt = identity(meeting.body, meeting.day, kind, number)
    label = f"Punkt {number}" if meeting.body in ("byr", "tmu", "bsu") else str(number)
    css, badge = "punktrow", "Åbent punkt"
    if closed in ("class", "hidden"):
        css, badge = "punktrow lukket", "Lukket"
    elif closed == "label":
        label = f"Lukket punkt {number}"
    parts = [f"<h3>{esc(h)}</h3>\n{paragraphs(lines)}"
             for h, lines in sections_of(item, meeting, kind, journey)]
    parts += [attachments(item, meeting, kind)] + item.raw
    number_span = f'<span class="sagsnummer">{esc(item.number)}</span>' if item.number else ""
    extra = f' data-titel="{html.escape(item.flags["data"].replace("_", " "))}"' \
        if "data" in item.flags else ""
    sound = ""
    if meeting.body == "byr" and kind == "Referat" and not closed:
        name = f"byraadet-{meeting.day}-punkt-{number}.mp3"
        sound = (f'<span class="lydfilnavn">{name}</span>'
                 f'<audio controls preload="none" src="{SITE}/lyd/{name}"></audio>')
    body = "\n".join(p for p in parts if p)
    return f"""<tr class="{css}" id="punktrow_{punkt}"{extra}>
<td class="nr"><span class="label">{label}</span> <span class="expand">Vis punkt</span></td>
<td>
<h2 class="overskrift">{esc(item.title)}</h2>
{number_span}
<span class="badge">{badge}</span>
<div class="dropdown"><a href="#">Handlinger</a><ul><li>Kopiér link</li><li>Print punkt</li></ul></div>
<span class="pdf-label">Hent punkt {number} som PDF</span>
{sound}
<div class="details"><div class="punkt">
{body}
</div></div>
</td>
</tr>"""


def people(meeting, kind):
    absent = meeting.absent()
    gone = {a.split(" (")[0] for a in absent}
    listed = [text for name, text in meeting.members() if kind == "Dagsorden" or name not in gone]
    out = f'<h3>{"Medlemmer" if kind == "Dagsorden" else "Deltagere"}</h3>\n<ul class="deltagere">\n'
    out += "\n".join(f"<li>{esc(t)}</li>" for t in listed) + "\n</ul>"
    if kind == "Referat":
        missing = "\n".join(f"<li>{esc(a)}</li>" for a in absent) or "<li>Ingen</li>"
        out += f'\n<h3>Fraværende</h3>\n<ul class="fravaerende">\n{missing}\n</ul>'
    if "note" in meeting.options:
        out += f'\n<p class="bemaerkning">{esc(meeting.options["note"])}</p>'
    return out


def page(meeting, kind, rows):
    name, clock, place = BODIES[meeting.body]
    clock = meeting.options.get("kl", clock)
    place = meeting.options.get("sted", place)
    when = f"{WEEKDAYS[meeting.day.weekday()]} den {long_date(meeting.day)} kl. {clock}"
    url = f"{SITE}/vis?id={identity(meeting.body, meeting.day, kind)}"
    return f"""<!DOCTYPE html>
<html lang="da">
<head>
<meta charset="utf-8">
<title>{kind} - {name} - {long_date(meeting.day)} | Egelund Kommune</title>
<link rel="canonical" href="{url}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/css/prepare.css">
<script src="/js/prepare.js"></script>
</head>
<body>
<div id="cookiebanner" role="dialog"><p>Vi bruger cookies til statistik. Du kan sige ja eller nej.</p><button>Acceptér alle</button><button>Kun nødvendige</button></div>
<header>
<a class="logo" href="https://egelund.example/">Egelund Kommune</a>
<nav aria-label="Hovedmenu"><ul><li><a href="/">Dagsordener og referater</a></li><li><a href="/soeg">Søg i møder</a></li><li><a href="/abonnement">Abonnér</a></li></ul></nav>
<nav class="breadcrumb"><a href="/">Forside</a> / <a href="/?request.kriterie.moedeDato={meeting.day.year}">{meeting.day.year}</a> / {name}</nav>
</header>
<main>
<h1 class="dato">{kind} {name} {long_date(meeting.day)}</h1>
<div class="moedeinfo">
<span class="udvalg">{name}</span>
<span class="dato">{when}</span>
<span class="sted">{esc(place)}</span>
{people(meeting, kind)}
</div>
<div class="dropdown"><a href="#">Hent hele mødet</a><ul><li>PDF med bilag</li><li>PDF uden bilag</li></ul></div>
<table id="dagsordenDetaljer">
<tbody>
{rows}
</tbody>
</table>
</main>
<footer><p>Egelund Kommune, Rådhuspladsen 1, 9990 Egelund. Telefon 99 00 10 00.</p><p>Åbningstider i Borgerservice: mandag-onsdag 10-15, torsdag 10-17, fredag 10-13.</p><p><a href="https://egelund.example/tilgaengelighed">Tilgængelighedserklæring</a></p></footer>
</body>
</html>
"""


def main(target):
    cases, meetings = parse(sorted(HERE.glob("cases*.txt")) + sorted(HERE.glob("meetings*.txt")))
    history, summary = {}, []
    for meeting in meetings:
        name = BODIES[meeting.body][0]
        items = [compose(item, cases) for item in meeting.items]
        future = meeting.options.get("kun") == "dagsorden"
        for kind in ["Dagsorden"] if future else ["Dagsorden", "Referat"]:
            rows = []
            for number, item in enumerate(items, 1):
                journey = [] if item.flags.get("journey") == "no" else history.get(item.key, [])
                journey = journey + [(h, lines) for h, lines in item.sections.items()
                                     if h.startswith("Beslutning i ")]
                rows.append(row(number, item, meeting, kind, sorted(journey, key=decided)))
            file = target / f"{meeting.day}-{meeting.body}-{kind.lower()}.html"
            file.write_text(page(meeting, kind, "\n".join(rows)), encoding="utf-8")
        for item in items:
            if item.key in cases and "D" in item.sections and not item.flags.get("closed"):
                if item.flags.get("journey") == "no":
                    history[item.key] = []
                heading = f"Beslutning i {name} den {long_date(meeting.day)}"
                told = [(h, lines) for h, lines in item.sections.items()
                        if h.startswith("Beslutning i ")]
                history.setdefault(item.key, []).extend(told + [(heading, item.sections["D"])])
        summary.append(f"{meeting.day} {name}: {len(items)} punkter{' (kun dagsorden)' if future else ''}")
    print("\n".join(summary))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
