#!/usr/bin/env python3
"""Renders the demo municipality's webtv transcripts (WebVTT) from video-<date>.txt beside this file.

Lines are "Speaker: what was said"; "// text" becomes a NOTE block and "# text" names the item.
Cues are cut at about ten words, as machine subtitles are, at a speaking pace of 2.2 words a second.

    make_video.py ../video
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).parent
WORDS_PER_SECOND = 2.2
PAUSE_SECONDS = 1.5


def stamp(seconds):
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{int(seconds * 1000) % 1000:03}"


def cues(text):
    """Pieces of 7 to 14 words, cut at punctuation where there is any."""
    piece = []
    words = text.split()
    for i, word in enumerate(words):
        piece.append(word)
        left = len(words) - i - 1
        at_stop = word[-1] in ".?!" or (word[-1] == "," and len(piece) > 9)
        if left == 0 or (left >= 7 and (len(piece) >= 14 or (len(piece) >= 7 and at_stop))):
            yield " ".join(piece)
            piece = []


def render(path):
    date = path.stem.removeprefix("video-")
    out = ["WEBVTT", "Kind: captions", "Language: da", ""]
    out += ["NOTE", f"url: https://egelund.example/webtv/{date}", f"title: Byrådets møde {date}",
            f"date: {date}", "Undertekster er lavet automatisk og kan indeholde fejl.", ""]
    clock, number = 62.0, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if not line:
            continue
        if line.startswith(("// ", "# ")):
            out += ["NOTE " + line.split(" ", 1)[1], ""]
            continue
        speaker, text = line.split(": ", 1)
        for cue in cues(text):
            number += 1
            end = clock + min(7.0, max(3.0, len(cue.split()) / WORDS_PER_SECOND))
            out += [str(number), f"{stamp(clock)} --> {stamp(end)}", f"<v {speaker}>{cue}", ""]
            clock = end
        clock += PAUSE_SECONDS
    return "\n".join(out), number, clock - 62


if __name__ == "__main__":
    for source in sorted(HERE.glob("video-*.txt")):
        text, count, length = render(source)
        name = "byraadet-" + source.stem.removeprefix("video-") + ".vtt"
        (pathlib.Path(sys.argv[1]) / name).write_text(text, encoding="utf-8")
        print(f"{name}: {count} cues, {length / 60:.1f} min")
