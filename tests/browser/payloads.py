"""Texts that try to run something in the reader's browser: `ran(N)` tells that number N did. Made here, always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

RUN = "ran(0)"
IMAGE = f"<img src=x onerror={RUN}>"

TAGS = (
    "a abbr applet area article audio base bdo bgsound body br button canvas center details dialog div embed fieldset font "
    "form frame frameset h1 html iframe image img input isindex keygen label link listing marquee math meta meter noembed "
    "noframes noscript object optgroup option output p param picture plaintext portal pre progress q s script select slot "
    "source span style summary svg table td template textarea time title tr track u ul var video wbr x xml xmp xss"
).split()
HANDLERS = (
    "onload onerror onfocus onmouseover onclick ontoggle onpointerenter onbegin onanimationstart oncontentvisibilityautostatechange"
).split()
SCRIPTS = [
    f"<script>{RUN}</script>", f"<ScRiPt>{RUN}</sCrIpT>", f"<script/x>{RUN}</script>", f"<script\n>{RUN}</script\n>",
    f"<<script>{RUN}//<</script>", f"<script src=data:,{RUN}></script>", f"<scr\x00ipt>{RUN}</script>",
    f"＜script＞{RUN}＜/script＞", f"&lt;script&gt;{RUN}&lt;/script&gt;", f"&#60;script&#62;{RUN}&#60;/script&#62;",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>", f"<!--><script>{RUN}</script>", f"<!--<img src='--><script>{RUN}</script>'>-->",
    f"<![CDATA[<script>{RUN}</script>]]>", f"<?xml version='1.0'?><script>{RUN}</script>", f"<%<script>{RUN}</script>%>",
    f"<script type=module>{RUN}</script>", f"<svg><script>{RUN}</script></svg>", f"<svg><script xlink:href=data:,{RUN} />",
    f"<math><script>{RUN}</script></math>", f"<x:script xmlns:x='http://www.w3.org/1999/xhtml'>{RUN}</x:script>",
    f"<template><script>{RUN}</script></template>", f"<template shadowrootmode=open><script>{RUN}</script></template>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>", f"<object data=\"data:text/html,<script>parent.{RUN}</script>\">",
    f"<embed src=\"data:text/html,<script>parent.{RUN}</script>\">", f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<base href=javascript:/{RUN}//>", f"<link rel=import href=data:text/html,<script>{RUN}</script>>",
    f"<style>@import 'javascript:{RUN}';</style>", f"<div style=\"width:expression({RUN})\">", f"<isindex action=javascript:{RUN}>",
    f"<div style=\"background:url(javascript:{RUN})\">", f"<form action=javascript:{RUN}><button autofocus>", f"<xss onload={RUN}>",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-", f"<a href=x target=_blank onclick={RUN} autofocus onfocus={RUN}>x</a>",
]  # fmt: skip
ADDRESSES = [
    f"javascript:{RUN}", f"JaVaScRiPt:{RUN}", f"java\tscript:{RUN}", f"java\nscript:{RUN}", f"&#106;avascript:{RUN}",
    f"&#x6A;avascript:{RUN}", f"&#0000106avascript:{RUN}", f"%6aavascript:{RUN}", f"\x01javascript:{RUN}", f" javascript:{RUN}",
    f"javascript&colon;{RUN}", f"javascript：{RUN}", f"vbscript:{RUN}", f"livescript:{RUN}", f"feed:javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>", "data:text/html;base64,PHNjcmlwdD5yYW4oMCk8L3NjcmlwdD4=",
    f"data:image/svg+xml,<svg onload={RUN}>", f"view-source:javascript:{RUN}", "file:///etc/passwd", "//evil.invalid/x.js",
    "/\\evil.invalid/x.js", "\\\\evil.invalid\\x.js", "https:evil.invalid", f"https://x.invalid/\" onmouseover=\"{RUN}",
    f"https://x.invalid/`onmouseover={RUN}`", f"http://x.invalid/<script>{RUN}</script>", f"javascript://x.invalid/%0a{RUN}",
    f"mailto:a@b.invalid\"onmouseover=\"{RUN}", f"#\" onmouseover=\"{RUN}", f"/\" onmouseover=\"{RUN}", f"jav&Tab;ascript:{RUN}",
]  # fmt: skip
PLACES = [
    "[x]({})", "[x](<{}>)", "<{}>", "![x]({})", "[x]: {}\n\n[x]", '[x]({} "t")', '<a href="{}">x</a>', "[![i]({0})]({0})", "[[{}]]",
    "[[P5|{}]]", "【【{}】】", "x[^1]\n\n[^1]: [y]({})", "# [x]({})", "|[x]({})|\n|-|", "{{{{table: q={}}}}}", "{{{{list: {}}}}}",
    "$\\href{{{}}}{{x}}$", "$\\url{{{}}}$", "bare {} words", "> [!note] [x]({})", "- [ ] [x]({})",
]  # fmt: skip
ESCAPES = [
    f'">{IMAGE}', f"'>{IMAGE}", f"`>{IMAGE}", f"</code></pre>{IMAGE}", f"</title>{IMAGE}", f"</textarea>{IMAGE}", f"</style>{IMAGE}",
    f"-->{IMAGE}", f"]]>{IMAGE}", f"</math>{IMAGE}", f"</svg>{IMAGE}", f"</noscript>{IMAGE}", f'" onmouseover="{RUN}" x="',
    f"' onmouseover='{RUN}' x='", f"\u2028{IMAGE}", f"\ue0000\ue001{IMAGE}", f"\ue002{IMAGE}", f"&quot;&gt;{IMAGE}", f"\\\"{IMAGE}", f"\x00{IMAGE}",
]  # fmt: skip
CONTEXTS = [
    "{}", "`{}`", "```{}\nx\n```", "```html\n{}\n```", "    {}", "# {}", "{}\n===", "[{}](https://x.invalid)", "[x](https://x.invalid '{}')",
    "![{}](https://x.invalid/p.png)", "![x](https://x.invalid/p.png '{}')", "![x](/pictures/{}.png)", "|{}|\n|-|\n|x|", "|x|\n|-|\n|{}|",
    "|x|\n|{}|\n|y|", "- [ ] {}", "- [{}] x", "term {}\n: about", "term\n: {}", "> [!note] {}\n> x", "> [!{}] x", "x[^{0}]\n\n[^{0}]: y",
    "x[^1]\n\n[^1]: {}", "x^[{}]", "${}$", "$\\text{{{}}}$", "$$\n\\text{{{}}}\n$$", "$\\color{{{}}}x$", "$$\n{}\n$$ (a)", "[[{}]]", "[[P5|{}]]",
    "【【{}】】", "{{{{table: {}}}}}", "{{{{list: {}}}}}", "{{{{{}}}}}", "<!-- {} -->", "---\ntitle: {}\n---", "1. {}", "**{}**", "~~{}~~", "（1）{}",
    "https://x.invalid/{}", "<https://x.invalid/{}>", "[x]: https://x.invalid '{}'\n\n[x]",
]  # fmt: skip
FOREIGN = ("svg", "math")
POINTS = ("mtext", "mi", "desc", "title", "foreignObject", "annotation-xml encoding=text/html")
CONTENTS = "style xmp noscript textarea iframe noembed noframes template table p form".split()
NAMES = "body cookie forms head implementation createElement getElementById querySelector attributes firstChild location".split()


def payloads() -> list[str]:
    """All of them, each once."""
    return list(
        dict.fromkeys([*SCRIPTS, *_tags(), *_addresses(), *_escapes(), *_mutants(), *_clobbers(), *_mixtures(400)])
    )


def _tags() -> Iterator[str]:
    for number, tag in enumerate(TAGS):
        for handler in (HANDLERS[number % len(HANDLERS)], "onerror", "onload"):
            yield f"<{tag} src=x open autofocus tabindex=0 {handler}={RUN}>x</{tag}>"
        yield f"<{tag}/{HANDLERS[number % 5]}='{RUN}'//"


def _addresses() -> Iterator[str]:
    for place, address in product(PLACES, ADDRESSES):
        yield place.format(address)


def _escapes() -> Iterator[str]:
    for context, escape in product(CONTEXTS, ESCAPES):
        yield context.format(escape)


def _mutants() -> Iterator[str]:
    """Texts that parse differently the second time."""
    for outer, point, content in product(FOREIGN, POINTS, CONTENTS):
        yield f'<{outer}><{point}><{content}><a title="</{content}>{IMAGE}">'


def _clobbers() -> Iterator[str]:
    for name in NAMES:
        yield f"<img name={name}><form id={name}><input name=attributes>"
        yield f"# {name}\n\n[{name}](#{name})"


def _mixtures(number: int) -> Iterator[str]:
    chance = random.Random(2305_00447)
    pieces = [
        *SCRIPTS,
        *ESCAPES,
        *ADDRESSES,
        "`",
        "```\n",
        "**",
        "[",
        "](",
        ")",
        "[[",
        "]]",
        "$",
        "$$",
        "\n\n",
        "> ",
        "|",
        "- ",
        "{{",
        "}}",
        "\\",
        "<",
        ">",
    ]
    for _ in range(number):
        yield "".join(chance.choices(pieces, k=chance.randint(3, 9)))
